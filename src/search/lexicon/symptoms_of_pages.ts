/** What is seen of pages and of what makes them, and what may be behind it. */
export const SYMPTOMS_OF_PAGES = `
react key warning list > stable id
react state update immediately old > batch functional asynchronous
react fetch race old > abort cleanup
react hook condition > rules order
react context provider rerenders > memo value
react ref null > mount conditional
react input uncontrolled warning > undefined value default
react error whole page > boundary
react server component window > client directive
next build env > public prefix runtime
next fetch stale > revalidate cache
next image remote > domain config
vue reactive lost destructure > torefs ref
vue prop mutate > emit computed
vue array watch nothing > deep
angular change ignored push > onpush immutable
angular subscription leak > unsubscribe takeuntil
angular expression changed > lifecycle detect
svelte array push nothing > assign reactive
css specificity override ignored > layer important
css variable ignored > scope fallback
css grid overflow content > minmax min-width
css animation janky > transform composite
css print cut > break media
css dark flash > inline script theme
css vertical center > flex align
font flash layout > preload size-adjust
svg color ignore > currentcolor
image blurry retina > srcset dpr
image slow mobile > lazy srcset webp
video autoplay mobile > muted playsinline
iframe height > postmessage resize
iframe blocked > x-frame-options frame-ancestors
form autofill styles > autocomplete
form enter submits > type button
number input scroll locale > inputmode
date input format > iso
select change event > controlled
paste upload drag > clipboard datatransfer
infinite scroll duplicates > cursor key
tab inactive timers slow > throttle visibility
worker message slow copies > transfer
websocket reconnect tab sleep > visibility heartbeat
indexeddb private blocked > storage quota
service worker offline stale > version network-first
safari breaks > prefix date polyfill
safari date parse invalid > iso format
safari cookies iframe > itp partitioned
chrome extension blocked > manifest csp
bundle duplicate library > dedupe alias
bundle polyfills large > browserslist target
bundle node modules browser > polyfill external
vite dev works build fails > commonjs optimize prefix
webpack slow > cache persistent
webpack public path > publicpath
source map stack minified > sourcemap upload
hot reload loses state > boundary
`;
