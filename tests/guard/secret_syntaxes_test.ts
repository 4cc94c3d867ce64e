import assert from "node:assert/strict";
import { type Random, seededRandom } from "./corpus/random.ts";
import { found } from "./samples.ts";

const DIGITS = "0123456789", HEX = `${DIGITS}abcdef`;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ALNUM = LETTERS + DIGITS;

/** Values as people and programs choose them. */
const VALUES: readonly ((random: Random) => string)[] = [
  (random) =>
    `${random.chars(ALNUM, 5)}#${random.chars(ALNUM, 4)}!${random.chars(DIGITS, 2)}${
      random.chars(LETTERS, 3)
    }`,
  (random) => `Winter-Harbor${random.chars("23456789", 3)}$`,
  (random) => `k7${random.chars(ALNUM, 22)}`,
  (random) => `r4${random.chars(ALNUM, 8)}9Z`,
  (random) => random.chars(HEX, 32),
  (random) => random.chars(HEX, 64),
  (random) => btoa(random.chars(ALNUM, 30)),
  (random) => random.chars(`${ALNUM}-_`, 43),
  (random) =>
    `${random.chars(HEX, 8)}-${random.chars(HEX, 4)}-4${random.chars(HEX, 3)}-a${random.chars(HEX, 3)}-${
      random.chars(HEX, 12)
    }`,
];

type Syntax = (value: string) => string;

/** Files of settings of shells, programs and clusters. */
const SETTINGS: readonly Syntax[] = [
  (value) => `DATABASE_PASSWORD=${value}`,
  (value) => `export MAIL_PASSWORD="${value}"`,
  (value) => `SMTP_PASS = ${value}`,
  (value) => `setx API_TOKEN ${value}`,
  (value) => `set -x API_TOKEN ${value}`,
  (value) => `setenv API_TOKEN ${value}`,
  (value) => `$Password = ConvertTo-SecureString "${value}" -AsPlainText -Force`,
  (value) => `[Environment]::SetEnvironmentVariable("API_KEY", "${value}", "User")`,
  (value) => `set DB_PASSWORD=${value}`,
  (value) => `database:\n  password: ${value}\n  port: 5432`,
  (value) => `  password: '${value}'`,
  (value) => `  password: |\n    ${value}\n  user: x`,
  (value) => `password: >-\n  ${value}`,
  (value) => `env:\n  - name: DB_PASSWORD\n    value: ${value}`,
  (value) => `apiVersion: v1\nkind: Secret\ndata:\n  password: ${btoa(value)}`,
  (value) => `stringData:\n  db-password: ${value}`,
  (value) => `{"password":"${value}"}`,
  (value) => `{ "clientSecret" : "${value}" }`,
  (value) => `{"key":"apiToken","value":"${value}","enabled":true}`,
  (value) => `password:\n  value: ${value}`,
  (value) => `spring.datasource.password: \${DB_PASSWORD:${value}}`,
  (value) => `username,password\nadmin,${value}`,
  (value) => `{\\"password\\":\\"${value}\\"}`,
  (value) => `"password":\n    "${value}"`,
  (value) => `{"auth":{"user":"svc","pass":"${value}"}}`,
  (value) => `{"auths":{"registry.acme.io":{"auth":"${btoa("deploy:" + value)}"}}}`,
  (value) => `{"username":"deploy","password":"${value}"}`,
  (value) => `[database]\npassword = "${value}"`,
  (value) => `api-token = '${value}'`,
  (value) => `spring.datasource.password=${value}`,
  (value) => `jdbc.password : ${value}`,
  (value) => `[client]\nuser=root\npassword=${value}`,
  (value) => `<password>${value}</password>`,
  (value) => `<add key="ApiKey" value="${value}" />`,
  (value) => `<user name="svc" password="${value}"/>`,
  (value) => `<server><id>x</id><username>ci</username><password>${value}</password></server>`,
  (value) => `<add name="Db" connectionString="Server=sql01;User ID=sa;Password=${value};Encrypt=true"/>`,
  (value) => `//npm.acme.io/:_authToken=${value}`,
  (value) => `//npm.acme.io/:_password=${btoa(value)}`,
  (value) => `_auth=${btoa("ci:" + value)}`,
  (value) => `[pypi]\nusername = __token__\npassword = ${value}`,
  (value) => `<add key="ClearTextPassword" value="${value}" />`,
  (value) => `nexusPassword=${value}`,
  (value) => `ENV DB_PASSWORD ${value}`,
  (value) => `ARG NPM_TOKEN=${value}`,
  (value) => `environment:\n  - POSTGRES_PASSWORD=${value}`,
  (value) => `environment:\n  POSTGRES_PASSWORD: ${value}`,
  (value) => `password = "${value}";`,
  (value) => `withEnv(['TOKEN=${value}'])`,
  (value) => `variables:\n  DEPLOY_TOKEN: "${value}"`,
  (value) => `cat > .env <<EOF\nAPI_SECRET=${value}\nEOF`,
  (value) => `mysql <<'SQL'\nSET PASSWORD = '${value}';\nSQL`,
  (value) => `echo "password=${value}" | sudo tee /etc/x.conf`,
  (value) => `password = "${value}"`,
  (value) => `variable "db_password" {\n  type = string\n  default = "${value}"\n}`,
  (value) => `db_password = "${value}"`,
  (value) => `machine api.acme.io\n  login svc\n  password ${value}`,
  (value) => `users:\n- name: admin\n  user:\n    token: ${value}`,
  (value) => `requirepass ${value}`,
  (value) => `masterauth ${value}`,
  (value) => `psk="${value}"`,
  (value) => `ansible_become_pass=${value}`,
  (value) => `ansible_ssh_pass: ${value}`,
  (value) => `proxy_set_header Authorization "Basic ${btoa("svc:" + value)}";`,
];

/** Where to connect to, and as whom. */
const CONNECTIONS: readonly Syntax[] = [
  (value) => `Server=tcp:sql01,1433;Initial Catalog=shop;User ID=app;Password=${value};`,
  (value) => `Driver={PostgreSQL};Server=db1;Uid=app;Pwd=${value};`,
  (value) => `jdbc:mysql://db1:3306/shop?user=app&password=${encodeURIComponent(value)}`,
  (value) => `host=db1 user=app password=${value} dbname=shop`,
  (value) => `app:${value}@tcp(10.3.4.5:3306)/shop`,
  (value) => `postgresql://app:${encodeURIComponent(value)}@db1.acme.io:5432/shop`,
  (value) => `amqps://svc:${encodeURIComponent(value)}@mq.acme.io/vh`,
  (value) => `redis://:${encodeURIComponent(value)}@cache.acme.io:6379/0`,
  (value) => `mongodb+srv://root:${encodeURIComponent(value)}@c0.ab1cd.mongodb.net/x`,
  (value) => `git clone https://oauth2:${encodeURIComponent(value)}@git.acme.io/a/b.git`,
  (value) => `ftp://deploy:${encodeURIComponent(value)}@ftp.acme.io/`,
  (value) => `smtps://mailer%40acme.io:${encodeURIComponent(value)}@smtp.acme.io:465`,
  (value) => `curl https://api.acme.io/v1/x?access_token=${encodeURIComponent(value)}`,
  (value) => `GET /v1/items?api_key=${encodeURIComponent(value)}&page=2`,
  (value) => `machine api.acme.io login svc password ${value}`,
  (value) => `db1:5432:shop:app:${value}`,
  (value) => `*:*:*:app:${value}`,
];

/** Commands that take a password or a token. */
const COMMANDS: readonly Syntax[] = [
  (value) => `ldapsearch -D cn=admin,dc=acme -w '${value}'`,
  (value) => `tool --password ${value}`,
  (value) => `tool --password=${value}`,
  (value) => `tool --api-key "${value}"`,
  (value) => `mysql -uroot -p${value} shop`,
  (value) => `mysql -u root -p'${value}' shop`,
  (value) => `mysqldump --user=root --password=${value} shop`,
  (value) => `PGPASSWORD=${value} psql -h db1`,
  (value) => `PGPASSWORD='${value}' pg_dump -h db1 shop`,
  (value) => `MYSQL_PWD=${value} mysql -h db1`,
  (value) => `redis-cli -h cache -a ${value} ping`,
  (value) => `mongosh --username admin --password ${value} db1`,
  (value) => `mongo admin -u root -p ${value}`,
  (value) => `curl -u svc:${value} https://api.acme.io`,
  (value) => `curl --user 'svc:${value}' https://api.acme.io`,
  (value) => `curl -H "Authorization: Bearer ${value}" https://x`,
  (value) => `curl -H 'X-Api-Key: ${value}' https://x`,
  (value) => `curl --header "PRIVATE-TOKEN: ${value}" https://x`,
  (value) => `wget --user=svc --password=${value} https://x`,
  (value) => `http -a svc:${value} https://x`,
  (value) => `docker login -u deploy -p ${value} registry.acme.io`,
  (value) => `echo ${value} | docker login -u deploy --password-stdin registry.acme.io`,
  (value) => `docker login --username deploy --password-stdin <<< "${value}"`,
  (value) => `helm registry login reg.acme.io -u deploy -p ${value}`,
  (value) => `helm upgrade app ./c --set auth.password=${value}`,
  (value) => `kubectl create secret generic db --from-literal=password=${value}`,
  (value) => `kubectl create secret docker-registry r --docker-username=d --docker-password=${value}`,
  (value) => `sshpass -p ${value} ssh root@10.3.4.5`,
  (value) => `sshpass -p '${value}' scp a b:`,
  (value) => `htpasswd -b .htpasswd svc ${value}`,
  (value) => `mount -t cifs //nas/x /mnt -o username=svc,password=${value}`,
  (value) => `smbclient //nas/x -U svc%${value}`,
  (value) => `openssl enc -aes-256-cbc -in a -out b -k ${value}`,
  (value) => `openssl pkcs12 -in a.p12 -passin pass:${value}`,
  (value) => `gpg --batch --passphrase ${value} -d x.gpg`,
  (value) => `zip -P ${value} out.zip a`,
  (value) => `7z x a.7z -p${value}`,
  (value) => `echo 'root:${value}' | chpasswd`,
  (value) => `echo "${value}" | passwd --stdin deploy`,
  (value) => `echo ${value} | sudo -S apt update`,
  (value) => `vault kv put kv/db password=${value}`,
  (value) => `aws configure set aws_secret_access_key ${value}`,
  (value) => `az login --service-principal -u id -p ${value} --tenant t`,
  (value) => `gh secret set DEPLOY_TOKEN --body "${value}"`,
  (value) => `composer config http-basic.repo.acme.io ci ${value}`,
  (value) => `bundle config gems.acme.io ci:${value}`,
  (value) => `net use Z: \\\\nas\\x ${value} /user:svc`,
  (value) => `wifi-sec.psk ${value}`,
  (value) => `snmpwalk -v3 -A ${value} host`,
  (value) => `printf '%s' '${value}' > /run/secrets/db_password`,
  (value) => `TOKEN=$(echo ${value})`,
  (value) => `AUTH default ${value}`,
  (value) => `ACL SETUSER app on >${value} ~* +@all`,
  (value) => `rabbitmqctl add_user app ${value}`,
];

/** Statements and headers in a dozen languages. */
const CODE: readonly Syntax[] = [
  (value) => `CREATE USER app WITH PASSWORD '${value}';`,
  (value) => `ALTER ROLE app WITH LOGIN PASSWORD '${value}';`,
  (value) => `CREATE USER 'app'@'%' IDENTIFIED BY '${value}';`,
  (value) => `ALTER USER 'root'@'localhost' IDENTIFIED WITH mysql_native_password BY '${value}';`,
  (value) => `CREATE LOGIN app WITH PASSWORD = '${value}';`,
  (value) => `ALTER USER app IDENTIFIED BY "${value}";`,
  (value) => `SET PASSWORD FOR 'app'@'%' = PASSWORD('${value}');`,
  (value) => `db.createUser({user: "app", pwd: "${value}", roles: []})`,
  (value) => `Authorization: Basic ${btoa("svc:" + value)}`,
  (value) => `headers: { Authorization: "Basic " + btoa("svc:${value}") }`,
  (value) => `headers: { 'Authorization': 'Bearer ${value}' }`,
  (value) => "headers: { Authorization: `Bearer " + value + "` }",
  (value) => `X-Auth-Token: ${value}`,
  (value) => `X-Vault-Token: ${value}`,
  (value) => `apikey: ${value}`,
  (value) => `Authorization: ApiKey ${value}`,
  (value) => `Authorization: Token ${value}`,
  (value) => `Cookie: session_token=${value}; theme=dark`,
  (value) => `Set-Cookie: sessionid=${value}; Path=/`,
  (value) => `const password = '${value}';`,
  (value) => `{ user: 'svc', password: '${value}' }`,
  (value) => `private readonly apiKey: string = "${value}";`,
  (value) => `PASSWORD = "${value}"`,
  (value) => `connect(host="db1", passwd="${value}")`,
  (value) => `cfg["secret_key"] = "${value}"`,
  (value) => `os.environ.get("API_KEY", "${value}")`,
  (value) => `os.environ["API_KEY"] = "${value}"`,
  (value) => `os.environ.setdefault('SECRET_KEY', '${value}')`,
  (value) => `private static final String DB_PASSWORD = "${value}";`,
  (value) => `ds.setPassword("${value}");`,
  (value) => `props.put("password", "${value}");`,
  (value) => `val apiToken = "${value}"`,
  (value) => `const apiKey = "${value}"`,
  (value) => `Password: "${value}",`,
  (value) => `var secretKey string = "${value}"`,
  (value) => `var jwtKey = []byte("${value}")`,
  (value) => `const API_TOKEN: &str = "${value}";`,
  (value) => `let password = String::from("${value}");`,
  (value) => `public const string ApiKey = "${value}";`,
  (value) => `["ApiKey"] = "${value}"`,
  (value) => `new NetworkCredential("svc", "${value}")`,
  (value) => `$db_password = '${value}';`,
  (value) => `define('DB_PASSWORD', '${value}');`,
  (value) => `'password' => '${value}',`,
  (value) => `new PDO('mysql:host=db1', 'app', '${value}')`,
  (value) => `config.secret_key_base = '${value}'`,
  (value) => `password: '${value}',`,
  (value) => `ENV.fetch('API_KEY', '${value}')`,
  (value) => `let apiKey = "${value}"`,
  (value) => `final String apiKey = '${value}';`,
  (value) => `config :app, secret_key_base: "${value}"`,
  (value) => `System.put_env("API_TOKEN", "${value}")`,
  (value) => `val dbPassword: String = "${value}"`,
  (value) => `{:password "${value}"}`,
  (value) => `local password = "${value}"`,
  (value) => `Sys.setenv(API_KEY = "${value}")`,
  (value) => `my $password = "${value}";`,
  (value) => `Dim password As String = "${value}"`,
  (value) => `#define DB_PASSWORD "${value}"`,
  (value) => `static const char *password = "${value}";`,
  (value) => `char api_key[] = "${value}";`,
  (value) => `credentials += Credentials("Nexus", "nexus.acme.io", "ci", "${value}")`,
];

/** Sentences and tables, also in other languages and widths. */
const PROSE: readonly Syntax[] = [
  (value) => `The password is ${value} until Friday.`,
  (value) => `Log in as admin with password ${value}.`,
  (value) => `user: admin, pass: ${value}`,
  (value) => `Use the token ${value} for the sandbox.`,
  (value) => `credentials: svc:${value}`,
  (value) => `password = “${value}”`,
  (value) => "The root password (`" + value + "`) works on all nodes.",
  (value) => `Login: svc\nPassword: ${value}`,
  (value) => `| user | password |\n| --- | --- |\n| svc | ${value} |`,
  (value) => `API-Schlüssel: ${value}`,
  (value) => `Das Passwort lautet ${value}`,
  (value) => `пароль: ${value}`,
  (value) => `密码：${value}`,
  (value) => `密钥是 ${value}`,
  (value) => `パスワード：${value}`,
  (value) => `mot de passe : ${value}`,
  (value) => `la contraseña es ${value}`,
  (value) => `senha: ${value}`,
  (value) => `ｐａｓｓｗｏｒｄ＝${value}`,
  (value) => `비밀번호: ${value}`,
  (value) => `la password è ${value}`,
  (value) => `hasło: ${value}`,
  (value) => `şifre: ${value}`,
];

/** Programs, calls and files that take a password without naming it. */
const NAMELESS: readonly Syntax[] = [
  (value) => `skopeo copy --src-creds ci:${value} docker://r.acme.io/a:1 oci:./a`,
  (value) => `mc alias set nas http://nas:9000 admin ${value}`,
  (value) => `swaks -s mail.acme.io -au ops@acme.io -ap ${value} -t a@acme.io`,
  (value) => `mcrcon -H 10.0.0.4 -P 25575 -p ${value} save-all`,
  (value) => `addauth digest super:${value}`,
  (value) => `enable secret 0 ${value}`,
  (value) => `net ads join -U 'joiner%${value}'`,
  (value) => `tacacs-server host 10.0.0.5 key 0 ${value}`,
  (value) => `printf '${value}' | docker secret create pg_pw -`,
  (value) => `schtasks /create /tn Sync /ru ACME\\svc /rp "${value}"`,
  (value) => `prosodyctl register focus meet.acme.io ${value}`,
  (value) => `requests.get(url, auth=("exporter", "${value}"), timeout=10)`,
  (value) => `jwt.verify(received, "${value}", { algorithms: ["HS256"] })`,
  (value) => `[smtp.acme.io]:587 alerts@acme.io:${value}`,
  (value) => `cloud.auth: "logstash:${value}"`,
  (value) => `net user buildsvc ${value} /add`,
  (value) => `signtool sign /f codesign.pfx /p ${value} setup.exe`,
  (value) => `echo -n "${value}" | cryptsetup luksOpen /dev/sdb1 data -`,
  (value) => `WIFI:T:WPA;S:Guests;P:${value};;`,
  (value) => `chpasswd: { list: "root:${value}", expire: false }`,
  (value) => `[client.rbd] key = ${value}`,
  (value) => `env::var("ACME_TOKEN").unwrap_or("${value}".into())`,
  (value) => `&quot;apiSecret&quot;:&quot;${value}&quot;`,
];

for (
  const [name, syntaxes] of Object.entries({
    "places that name none": NAMELESS,
    "files of settings": SETTINGS,
    "connections": CONNECTIONS,
    "commands": COMMANDS,
    "code": CODE,
    "prose": PROSE,
  })
) {
  Deno.test(`of drawn values in ${name} at most three of a hundred pass, and none in all of its forms`, () => {
    const random = seededRandom(`syntaxes of ${name}`);
    const missed: string[] = [];
    for (const syntax of syntaxes) {
      const texts = VALUES.map((value) => syntax(value(random)));
      const passed = texts.filter((text) => !found(text).some((one) => one.endsWith("=block")));
      assert.ok(passed.length < texts.length / 2, passed[0] ?? "");
      missed.push(...passed);
    }
    assert.ok(missed.length <= 0.03 * syntaxes.length * VALUES.length, missed.join("\n"));
  });
}

Deno.test("what only looks drawn is no secret in any of these places", () => {
  const random = seededRandom("no secrets");
  const [hex, sha, letters] = [random.chars(HEX, 40), random.chars(HEX, 64), random.chars(ALNUM, 32)];
  const texts = [
    `ETag: "${hex}"`,
    `git revert ${hex}`,
    `nonce="${btoa(letters)}"`,
    `script-src 'sha256-${btoa(letters)}'`,
    `resolved: https://registry.npmjs.org/a/-/a-1.2.3.tgz#${hex}`,
    `checksum = "${sha}"`,
    `FROM node:22@sha256:${sha}`,
    `"clientToken": "${letters}"`,
    `"ChangeToken": "${letters}"`,
    `"NextToken": "${letters}"`,
    `arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-a1B2c3`,
    `"encryptionKey": "arn:aws:kms:eu-west-1:111122223333:key/${
      hex.slice(0, 8)
    }-1111-2222-3333-444455556666"`,
    `https://${random.chars(HEX, 32)}@o4501.ingest.sentry.io/12`,
    `https://git.example.com/a/b.git`,
    `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${random.chars(ALNUM, 42)} ci@host`,
    `docker run -u 1000 -p 127.0.0.1:5432:5432 postgres:17`,
    `unzip -p report2024.zip data1.csv`,
    `curl -u "$USER:$PASSWORD" https://api.example.com`,
    `mysql -u root -p"$MYSQL_ROOT_PASSWORD" shop`,
    `echo "$TOKEN_2" | docker login -u ci --password-stdin ghcr.io`,
    `htpasswd -nbB admin "$ADMIN_PW1"`,
    `ALTER ROLE app WITH PASSWORD :'newpw1';`,
    `CREATE USER app IDENTIFIED BY '<password>';`,
    `const password = getpass("Password (8+ characters): ")`,
    `password = os.environ["DB_PASSWORD_1"]`,
    `token = await getToken2(user1)`,
    `password: { type: "string", minLength: 12 }`,
    `variable "db_password" {\n  type      = string\n  sensitive = true\n}`,
    `password: |\n  at least 12 characters, 1 digit`,
    `data:image/png;base64,${btoa(letters + letters)}`,
    `Passwort: mindestens 12 Zeichen`,
    `密码：至少12个字符`,
    `| user | password |\n| --- | --- |\n| app | from the vault |`,
  ];
  for (const text of texts) {
    assert.deepEqual(found(text).filter((one) => one.startsWith("secret.")), [], text);
  }
});
