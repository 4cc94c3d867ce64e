/** Browsers, pages, frameworks, phones. */
export const FRONTEND = `
browser chrome firefox safari
browser > cache polyfill extension
frontend ui
page > render hydration
page screen view
screen > blank render
blank > javascript error render
styling css stylesheet
styling > static collected specificity mime scoped
css > specificity cascade purge
unstyled > css static fouc
class classname
class > purge specificity
specificity cascade precedence
tailwind > purge content class
layout position
layout > shift flex grid overflow
shift cls
cls > dimension
jump > dimension font
flex flexbox grid
flex > min-width overflow shrink
overflow scroll
overflow > hidden ellipsis
scroll > passive restore virtualize
sticky > overflow position
z-index stacking
overlap behind > z-index stacking
height width dimension
height > viewport percent
100vh viewport
viewport > mobile meta
responsive > viewport breakpoint
breakpoint media
margin padding
margin > collapse
centered align
dark theme
theme > flash variable
font > swap preload
image > dimension lazy responsive
images picture photo
photo > orientation
exif orientation rotate
rotated > recreate configuration
svg icon
icon > font sprite
favicon derived > cache
retina > resolution dpr
canvas > tainted dpr
animation > transform reflow
reflow repaint
dom element node
element > mounted ref
innerhtml > xss escape
visitors > untrusted sanitize
injected > xss
react jsx
react > rerender key hook memo
rerender re-render
rerender > memo reference key
render > memo pure dependency
remount mount
remount > key component identity state
cursor focus caret
focus > remount focus-trap
loses > remount state
component widget
component > remount key
hook > dependency stale closure
useeffect effect
effect > dependency cleanup infinite
dependency > array memo
usememo usecallback memo
memo memoize
memoize > reference
setstate state
state > stale mutation immutable
props > drilling memo
key > index identity
list > key virtualize
virtualize ssr > window
context > rerender provider
redux store
redux > selector immutable
selector > memoize
hydration ssr
hydration > server date
ssr server-side
window document > ssr
next nextjs
nextjs > cache revalidate hydration
revalidate isr
vue > reactive ref
reactivity > destructure ref proxy
svelte > reactive
angular > zone change-detection
change-detection onpush
observable rxjs
observable subscription > unsubscribe
unsubscribe leak
form input
form > controlled validation submit
field > controlled
controlled uncontrolled
submit > prevent default double idempotent debounce
button > type submit disabled
autofill autocomplete
autocomplete > debounce
checkbox select
select > value
link anchor
router > base
deep > link route
refreshing > route fallback history
back > history bfcache
bfcache pageshow
localstorage sessionstorage storage
storage > quota partition
indexeddb > quota
serviceworker service-worker pwa
serviceworker > cache update stale
worker > service
fetch xhr ajax
fetch > abort credentials error
axios fetch
javascript js
js > cors bundle
mime > module
module > extension
importmap import
lazyload lazy
lazy > chunk
chunk > stale deploy
chunkloaderror chunk
chunkloaderror > deploy stale
assets static
assets > path hash cache
static > collect prefix path
collected > static
admin > static staff
logo > asset path
content > csp
csp content-security-policy
csp > inline nonce
nonce inline
extension > content
adblock > blocked
analytics > consent
accessibility a11y screenreader
accessibility > label aria focus contrast
aria role
reader > aria label
keyboard > focus tabindex
contrast color
tooltip popover
modal dialog
modal > focus portal
dropdown menu
drag drop
touch pointer tap
touch > passive
hover > touch
clipboard paste
clipboard > secure permission
print > stylesheet
video autoplay
autoplay > muted
audio microphone
camera > secure
geolocation > permission secure
notification > permission
download > blob
upload > progress
web site website
website > browser
site page
mobile phone
mobile > offline keyboard
phone device
ios iphone ipad
ios > provisioning background safe-area
notch safe-area
android > permission background intent configuration rotation
rotate orientation
activity fragment
activity > recreate lifecycle
lifecycle > cleanup
viewmodel > rotation state
app > lifecycle
apk aab
emulator simulator
emulator > 10.0.2.2 localhost
doze battery
battery > background
deeplink universal
push > certificate
xcode > derived signing
provisioning signing profile
signing > certificate keystore
keystore > key alias
cocoapods pod
swiftui > state identity
uikit > main
compose > recomposition
recomposition rerender
flutter > widget rebuild
widget > rebuild state
gesture swipe
reactnative > bridge metro
metro bundler
electron > preload context
tauri > capability
wasm > memory mime
webgl > context
threejs > dispose
frame fps
unity > serialize
emails > inline client
newsletter email
pdf > font page
chart > resize
resize > observer
`;
