/** Things of the world and of people, and what they become in software. */
export const THINGS = `
spinner loader progress > loading pending timeout
wifi connectivity signal > offline disconnect network retry
tunnel train plane > offline retry
apostrophe > quote escape bound parameterized injection
letter keystroke > debounce character composition
trash bin > icon delete
symbol glyph > icon font
kids > child foreign cascade
siblings > service network
parents > foreign super
ram memory heap
chip silicon > arm64 architecture
gadget device
pager beeper phone > alert oncall
rings pages wakes alarm bell > alert
customer client tenant > user
buyer shopper customer
order purchase checkout
cart basket
payment charge purchase > idempotent
refund cancel
invoice receipt bill
profile account user
avatar picture thumbnail > image cache
badge counter
sentence paragraph > text token
word token
apple > ios macos notarize
marketing campaign launch > burst stampede scale
sale holiday crowd rush > burst scale
colleague teammate workmate > concurrent environment
intern newcomer > onboarding permission
boss manager > approval role
contractor vendor > access role
robot bot crawler > captcha ratelimit
attacker hacker intruder > exploit injection brute-force
stranger anonymous > authentication public
guest anonymous
owner author
visitor > anonymous session
reviewer approver
machine box server
shop store
warehouse > snowflake database
box rectangle > glyph container
bar toolbar
card tile > layout
mouse cursor pointer
finger thumb > touch
screen monitor display
tablet ipad
map atlas > coordinate tile
road street > address
post zip > leading string
country nation > locale region
language tongue > locale i18n
accent umlaut tilde > unicode normalise collation
smiley emoji > utf8mb4 surrogate
star asterisk > glob wildcard
hash octothorpe > fragment anchor
dollar > interpolation variable expand currency
percent > encode wildcard
ampersand > escape encode
dot period > regex precision decimal
comma > delimiter locale trailing
colon > namespace path
semicolon > delimiter statement
dash hyphen > option
underscore > snake header
bracket parenthesis brace > syntax
arrow > pointer
clock wall > timezone monotonic
calendar diary > date timezone
birthday anniversary > date utc
holiday vacation > calendar schedule
lunch evening afternoon > timezone schedule
sunday saturday > week locale calendar
century decade > year two-digit
birth > date
temperature > sampling unit
unit > conversion milliseconds
inch meter > unit
cent penny > rounding decimal integer
euro pound yen > currency decimal encoding
tax vat > rounding decimal
salary wage > decimal privacy
bank > transaction idempotent
card > payment token
ticket coupon voucher > unique race token
seat stock inventory > race lock oversell
oversell oversold > race atomic constraint
vote > counter race unique
score rank > sort float
game player > frame state
film movie clip > video stream
photo camera > exif image permission
paper printer > print pdf
newsletter > email spam
attachment > multipart upload
archive > zip retention
copy twin mirror > replica
backup spare > standby failover
emergency > incident runbook
fire smoke > incident alert
flood > ratelimit
earthquake disaster > recovery region
ghost zombie > orphan stale
poison dead > dead-letter
chain link > certificate transitive
door gate > port gateway firewall
wall fence > firewall isolation
bridge > network gateway
snow > snowflake
worm virus > malware
train steps stage > pipeline
lane queue > priority
traffic jam congestion > backpressure contention
shortcut hotkey > keyboard
wizard guide > form step
recipe playbook > ansible
factory > builder
tool utility
glue adapter > integration
wrapper > adapter
skeleton scaffold > template placeholder
blueprint plan > schema
contract agreement > interface schema licence
lawyer legal > licence copyleft gdpr
passport identity > authentication
safe vault > secret
mask veil > redact
spy eavesdrop > mitm tls
thief steal > session token leak
trap pit > signal gotcha
brute crack > bcrypt ratelimit
shout loud > verbose alert
whisper quiet > silent
sick ill unwell > unhealthy degraded
pain > slow
tired exhausted > pool
sleep nap asleep > idle suspend cold
wake > cold resume
alive > liveness keepalive
inherit heir > override prototype
lonely orphan > unreferenced cleanup
crowded > contention noisy-neighbour
neighbour neighbor > tenant
noisy > neighbour alert
queue line > backlog
first > cold warmup
second > retry
third > external vendor
tenth hundredth > pagination intermittent
thousand million > batch index scale stream
billion > partition scale overflow
handful > small
majority > quorum
everyone everybody > public wildcard broadcast
nobody none > orphaned denied
anyone anybody > public authorization
somebody > authorization
`;
