/** Secrets, identity, permissions, attacks. */
export const SECURITY = `
security scanner > vulnerability
password passphrase
password > hash bcrypt salt
hash > salt bcrypt
bcrypt argon2 scrypt
bcrypt > 72 cost
salt pepper
secret credential key
secret > rotate vault environment history mask
credential > rotate expire
leaked > rotate history
vault > lease renew
token jwt bearer
token > expiry refresh scope
jwt > algorithm signature expiry audience
audience issuer
refresh > rotation token
revoke revocation
revoked > session cache
login signin sign-in logon
login > cookie redirect
logged authenticated
logout signout sign-out
logout > revoke
logged > logout
authenticate auth
authorization > scope object
permission access privilege
access > scope acl
privilege > escalation
role group
scope privacy > consent
oauth oidc openid
oauth > redirect state pkce scope
pkce > verifier
saml sso
sso open > redirect
mfa 2fa totp otp
totp > clock skew
otp kerberos > clock
passkey webauthn
apikey key
hmac signature
signature > raw body canonical
signing > key
verify > signature disable certificate
timing > constant-time
measuring tell > timing
constant-time timing-safe
encrypt cipher
encrypt > nonce key mode
decrypt > key padding
iv nonce
nonce > reuse
ecb gcm cbc
key > rotation
gpg pgp
gpg > agent
random > predictable
csprng entropy
injection > parameterized
injection sqli
sql > injection parameterized
parameterized prepared bound
concatenate interpolation
concatenated eval prompt > injection
xss cross-site scripting
xss > escape sanitize
sanitize > allowlist
csrf xsrf forgery
csrf > token samesite
ssrf > metadata allowlist
traversal path
traversal > normalize symlink
upload > extension content
xxe entity
idor > authorization object
others > authorization object tenant
tenant tenancy
tenant > isolation filter
rce execution
eval exec
deserialization > gadget untrusted
clickjacking frame-ancestors
redirect > open
cors > wildcard
allowlist whitelist
denylist blacklist
bruteforce brute-force
bruteforce > throttle lockout
lockout locked
enumeration > message timing
captcha bot
ddos flood
exploit vulnerability
pentest security
gdpr privacy personal
personal pii
pii > log redact
audit > trail
certificate > pin
tampered > signature integrity
sandbox > escape isolation
capability privilege
selinux apparmor > label
label > selinux
setuid privilege
jailbreak injection
ldap directory
keytab kerberos
keychain > access
tls > verify
`;
