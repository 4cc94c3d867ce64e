import { wordStart } from "./word_start.ts";

/** A token's shape, as its issuer documents it or public scanners know it. */
export interface SecretShape {
  /** Of the rule `secret.<name>`. */
  readonly name: string;
  readonly title: string;
  /** Global. What must look random is group 1, or else the whole match. */
  readonly pattern: RegExp;
  /** Shannon entropy, in bits per character, below which a match is an example. */
  readonly entropy: number;
}

/** Before and after a token: no character that would make it part of something longer. */
const START = wordStart();
const END = "(?![A-Za-z0-9])";

function token(body: string, flags = "g"): RegExp {
  return new RegExp(`${START}${body}${END}`, flags);
}

/** A value assigned to a name that holds `vendor`. */
function assigned(vendor: string, value: string): RegExp {
  return new RegExp(
    `${vendor}[\\w .-]{0,40}["']?[ \\t]{0,4}(?:=>|[:=]{1,2})[ \\t]{0,4}["'\`]?(${value})${END}`,
    "gi",
  );
}

function shape(name: string, title: string, rest: Omit<SecretShape, "name" | "title">): SecretShape {
  return { name, title, ...rest };
}

/** Tokens that carry their issuer's mark, and a few that are only known by the name they are assigned to. */
export const SECRET_SHAPES: readonly SecretShape[] = [
  shape("cq-key", "API key of this server", {
    pattern: token("cqa\\.v1\\.[0-9a-f]{32}\\.([a-z2-7]{52})"),
    entropy: 3,
  }),
  shape("github-token", "GitHub token", {
    pattern: token("gh[pousr]_([A-Za-z0-9]{30,})"),
    entropy: 3,
  }),
  shape("github-fine-grained-token", "GitHub fine-grained token", {
    pattern: token("github_pat_([A-Za-z0-9_]{36,})"),
    entropy: 3,
  }),
  shape("gitlab-token", "GitLab token", {
    pattern: token("gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat)-([A-Za-z0-9_.-]{20,128})"),
    entropy: 3,
  }),
  shape("aws-access-key", "AWS access key id", {
    pattern: token("(?:AKIA|ASIA|ABIA|ACCA)([A-Z0-9]{16})"),
    entropy: 2.5,
  }),
  shape("aws-secret-key", "AWS secret access key", {
    pattern: assigned("(?:secret_?access_?key|aws_?secret|secret ?key|aws)", "[A-Za-z0-9/+]{40}"),
    entropy: 4,
  }),
  shape("aws-session-token", "AWS session token", {
    pattern: assigned("session_?token", "[A-Za-z0-9/+=]{100,}"),
    entropy: 4,
  }),
  shape("aws-bedrock-key", "AWS Bedrock key", {
    pattern: token("(?:ABSK|bedrock-api-key-)([A-Za-z0-9+/]{60,})"),
    entropy: 4,
  }),
  shape("google-api-key", "Google API key", {
    pattern: token("AIza([A-Za-z0-9_-]{35})"),
    entropy: 3,
  }),
  shape("google-oauth-secret", "Google OAuth secret or access token", {
    pattern: token("(?:GOCSPX-|ya29\\.)([A-Za-z0-9_-]{20,})"),
    entropy: 3,
  }),
  shape("azure-storage-key", "Azure storage or service key", {
    pattern: /(?:AccountKey|SharedAccessKey)\s{0,3}=\s{0,3}([A-Za-z0-9+/]{40,88}={0,2})/gi,
    entropy: 4,
  }),
  shape("azure-sas", "Azure shared access signature", {
    pattern: /[?&]sig=([A-Za-z0-9%+/_-]{43,120})/g,
    entropy: 3.5,
  }),
  shape("azure-client-secret", "Azure client secret", {
    pattern: new RegExp(
      `${wordStart("A-Za-z0-9_~.-")}[A-Za-z0-9_~.]{3}\\dQ~([A-Za-z0-9_~.-]{31,34})(?![A-Za-z0-9_~-])`,
      "g",
    ),
    entropy: 3,
  }),
  shape("slack-token", "Slack token", {
    pattern: token("(?:xox[abceoprsd][-.]|xapp-)([A-Za-z0-9%.-]{16,})"),
    entropy: 2.8,
  }),
  shape("slack-webhook", "Slack webhook", {
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/([A-Za-z0-9/+]{40,80})/g,
    entropy: 3,
  }),
  shape("discord-token", "Discord bot token", {
    pattern: token("[MNO][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.([A-Za-z0-9_-]{27,45})"),
    entropy: 3.5,
  }),
  shape("discord-webhook", "Discord webhook", {
    pattern: /discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/([A-Za-z0-9_-]{60,80})/g,
    entropy: 3.5,
  }),
  shape("teams-webhook", "Microsoft Teams webhook", {
    pattern: /webhook\.office\.com\/webhookb2\/([0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-f]{32})/g,
    entropy: 3,
  }),
  shape("stripe-key", "Stripe key", {
    pattern: token("(?:[sr]k_(?:live|test|prod)_|whsec_)([A-Za-z0-9+/]{16,})"),
    entropy: 3,
  }),
  shape("twilio-key", "Twilio key", {
    pattern: token("SK([0-9a-f]{32})"),
    entropy: 3,
  }),
  shape("sendgrid-key", "SendGrid key", {
    pattern: token("SG\\.([A-Za-z0-9_-]{20,24}\\.[A-Za-z0-9_-]{39,50})"),
    entropy: 3,
  }),
  shape("mailgun-key", "Mailgun key", {
    pattern: token("(?:key-([0-9a-f]{32})|[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8})"),
    entropy: 3,
  }),
  shape("mailchimp-key", "Mailchimp key", {
    pattern: token("([0-9a-f]{32})-us\\d{1,2}"),
    entropy: 3,
  }),
  shape("npm-token", "npm token", {
    pattern: token("npm_([A-Za-z0-9]{30,60})"),
    entropy: 3,
  }),
  shape("npm-registry-auth", "Credential of an npm registry", {
    pattern: /:?_(?:authToken|auth|password)\s{0,3}=\s{0,3}["']?([A-Za-z0-9+/_=-]{16,300})/g,
    entropy: 3.2,
  }),
  shape("pypi-token", "PyPI token", {
    pattern: token("pypi-(Ag[A-Za-z0-9_-]{50,})"),
    entropy: 3,
  }),
  shape("rubygems-token", "RubyGems key", {
    pattern: token("rubygems_([a-f0-9]{48})"),
    entropy: 3,
  }),
  shape("crates-token", "crates.io token", {
    pattern: token("cio([A-Za-z0-9]{32})"),
    entropy: 3.5,
  }),
  shape("nuget-key", "NuGet key", {
    pattern: token("oy2([a-z0-9]{43})"),
    entropy: 3,
  }),
  shape("docker-token", "Docker Hub token", {
    pattern: token("dckr_[po]at_([A-Za-z0-9_-]{24,60})"),
    entropy: 3,
  }),
  shape("openai-key", "OpenAI key", {
    pattern: token("sk-(?:proj-|svcacct-|admin-|None-)?([A-Za-z0-9_-]{20,})"),
    entropy: 3.3,
  }),
  shape("anthropic-key", "Anthropic key", {
    pattern: token("sk-ant-(?:api|admin|oat|sid)\\d{2}-([A-Za-z0-9_-]{24,})"),
    entropy: 3,
  }),
  shape("huggingface-token", "Hugging Face token", {
    pattern: token("(?:hf|api_org)_([A-Za-z0-9]{30,60})"),
    entropy: 3,
  }),
  shape("model-provider-key", "Key of a model provider", {
    pattern: token(
      "(?:gsk_|xai-|pplx-|r8_|fw_|csk-|tvly-(?:dev-|prod-)?|nvapi-|sk-or-v1-|lsv2_[ps][tk]_|pa-)([A-Za-z0-9_-]{32,100})",
    ),
    entropy: 3.3,
  }),
  shape("telegram-token", "Telegram bot token", {
    pattern: new RegExp(`${START}(?:bot)?\\d{8,10}:(AA[A-Za-z0-9_-]{32,34})(?![A-Za-z0-9_-])`, "g"),
    entropy: 3,
  }),
  shape("shopify-token", "Shopify token", {
    pattern: token("shp(?:at|ca|pa|ss|tka)_([a-fA-F0-9]{32})"),
    entropy: 3,
  }),
  shape("square-token", "Square token", {
    pattern: token("(?:sq0(?:atp|csp)-([A-Za-z0-9_-]{22,43})|EAAA[A-Za-z0-9_-]{56,60})"),
    entropy: 3,
  }),
  shape("facebook-token", "Facebook token", {
    pattern: token("EAA[A-Za-z0-9]([A-Za-z0-9]{60,})"),
    entropy: 3.5,
  }),
  shape("digitalocean-token", "DigitalOcean token", {
    pattern: token("do[opr]_v1_([a-f0-9]{64})"),
    entropy: 3,
  }),
  shape("cloudflare-token", "Cloudflare token", {
    pattern: new RegExp(
      `${
        assigned("(?:cloudflare|cf_)", "[a-z0-9_-]{37,40}").source
      }|${START}v1\\.0-[a-f0-9]{24}-[a-f0-9]{146}${END}`,
      "gi",
    ),
    entropy: 3.3,
  }),
  shape("hosting-token", "Token of a hosting platform", {
    pattern: token(
      "(?:HRKU-|nfp_|fo1_|FlyV1 fm\\d[a-z]?_|rnd_|sbp_|vcp_|pscale_(?:tkn|oauth|pw)_)([A-Za-z0-9_=.+/-]{24,})",
    ),
    entropy: 3.2,
  }),
  shape("heroku-key", "Heroku key", {
    pattern: assigned(
      "heroku(?![\\w .-]{0,40}_id)",
      "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    ),
    entropy: 3,
  }),
  shape("databricks-token", "Databricks token", {
    pattern: token("dapi([a-f0-9]{32})(?:-\\d)?"),
    entropy: 3,
  }),
  shape("atlassian-token", "Atlassian token", {
    pattern: token("(?:AT[AC]TT3([A-Za-z0-9_=.-]{40,})|ATBB[A-Za-z0-9]{32})"),
    entropy: 3,
  }),
  shape("workspace-token", "Token of a tool for teams", {
    pattern: token(
      "(?:lin_(?:api|oauth)_|ntn_|secret_|figd_|ph[cx]_|pat-(?:na|eu)1-|pk_\\d{6,9}_)([A-Za-z0-9_-]{32,120})",
    ),
    entropy: 3.2,
  }),
  shape("airtable-token", "Airtable token", {
    pattern: token("pat[A-Za-z0-9]{14}\\.([a-f0-9]{64})"),
    entropy: 3,
  }),
  shape("vault-token", "HashiCorp Vault or Terraform token", {
    pattern: token(
      "(?:hv[sbr]\\.([A-Za-z0-9_-]{24,})|s\\.(?=[A-Za-z]{0,23}\\d)([A-Za-z0-9]{24}(?![\\w.(]))|[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,70})",
    ),
    entropy: 3,
  }),
  shape("secret-manager-token", "Token of a secret manager", {
    pattern: token(
      "(?:dp\\.[a-z]{2,5}\\.(?:[a-z0-9_-]{2,35}\\.)?([A-Za-z0-9]{40,44})|ops_eyJ[A-Za-z0-9+/]{100,}|A3-[A-Z0-9]{6}-[A-Z0-9]{11}(?:-[A-Z0-9]{5}){3})",
    ),
    entropy: 3,
  }),
  shape("monitoring-token", "Token of a monitoring service", {
    pattern: token(
      "(?:glsa_|glc_|sntry[su]_|NRAK-|NRJS-|NRII-|dt0c01\\.)([A-Za-z0-9_+/=.-]{20,})",
    ),
    entropy: 3,
  }),
  shape("datadog-key", "Datadog key", {
    pattern: assigned("(?:datadog|dd[_-]a)", "[a-f0-9]{32}|[a-f0-9]{40}"),
    entropy: 3,
  }),
  shape("postman-key", "Postman key", {
    pattern: token("PMAK-([a-f0-9]{24}-[a-f0-9]{34})"),
    entropy: 3,
  }),
  shape("dropbox-token", "Dropbox token", {
    pattern: token("sl\\.(?:u\\.)?([A-Za-z0-9_-]{100,})"),
    entropy: 4,
  }),
  shape("age-key", "age secret key", {
    pattern: /AGE-SECRET-KEY-1([A-Z0-9]{50,64})/gi,
    entropy: 3,
  }),
  shape("application-password", "Application password in groups", {
    pattern:
      /(?:--user|-u |(?:pass(?:word|code|phrase)|token|secret)\b)[^\n]{0,60}?[\s:]((?=[^\n]{0,28}[A-Z])(?=[^\n]{0,28}\d)[A-Za-z0-9]{4}(?: [A-Za-z0-9]{4}){3,5})(?![A-Za-z0-9])/g,
    entropy: 3.2,
  }),
  shape("mail-password", "Application password of a mail account", {
    pattern:
      /app[- ]?passwords?\b[^\n]{0,60}?(?:\bis|:|=)\s["'`]?([a-z0-9]{4}(?: [a-z0-9]{4}){3})(?![a-z0-9])/gi,
    entropy: 3,
  }),
  shape("account-password", "Application password of an account", {
    pattern: /pass(?:word|wd)\b[^\n]{0,60}?[\s:="'`]([a-z]{4}(?:-[a-z]{4}){3})(?![\w-])/gi,
    entropy: 2.5,
  }),
  shape("one-time-seed", "Seed of one-time passwords", {
    pattern:
      /(?:2FA|2fa|MFA|mfa|TOTP|totp|OTP|[Aa]uthenticator|[Tt]wo[ -]factor)\b[^\n]{0,80}?[\s:="'`](?=[A-Z2-7]{0,63}[2-7])([A-Z2-7]{16,64})(?![A-Za-z0-9])/g,
    entropy: 3,
  }),
  shape("keypair-bytes", "Key pair as a list of bytes", {
    pattern: /(?:wallet|keypair|solana|secret)[^\n[]{0,80}\[((?:\d{1,3}, ?){63}\d{1,3})\]/gi,
    entropy: 2.5,
  }),
  shape("stream-key", "Key of a stream", {
    pattern: /rtmps?:\/\/\S{3,80}\/((?:[a-z0-9]{4}-){4}[a-z0-9]{4})(?!\w)/g,
    entropy: 3,
  }),
  shape("master-password", "Master password of Maven", {
    pattern: /master>\{([A-Za-z0-9+/=]{30,200})\}/g,
    entropy: 3.5,
  }),
  shape("shadow-entry", "Account with the hash of its password", {
    pattern: /(?:^|\n)[\w-]{1,32}:\$(?:y|[156])\$[^\s:$]{1,40}\$([A-Za-z0-9./$]{20,120}):\d{0,6}:/g,
    entropy: 4,
  }),
  shape("signed-address", "Address with a signature that lets in", {
    pattern: /[?&]Signature=([\w~-]{160,800})&Key-Pair-Id=/g,
    entropy: 4,
  }),
  shape("reset-address", "Address that resets a password", {
    pattern:
      /https?:\/\/[^\s?#"']{3,100}\/(?:password\/reset|reset(?:-password)?)\/([0-9a-f]{40,80})(?![\w-])/gi,
    entropy: 3,
  }),
  shape("wrapped-token", "GitHub token over two lines", {
    pattern:
      /gh[pousr]_(?=(?:[A-Za-z0-9]\s{0,12}){36}(?![A-Za-z0-9]))([A-Za-z0-9]{8,28}\s{1,12}[A-Za-z0-9]{8,28})(?![A-Za-z0-9])/g,
    entropy: 4,
  }),
  shape("recovery-codes", "Recovery codes of an account", {
    pattern:
      /(?:recovery|backup|scratch)[ -]codes?\b[^\n]{0,60}?\s((?:\d{8}|[a-z0-9]{4,6}-[a-z0-9]{4,6}),? (?:and )?(?:\d{8}|[a-z0-9]{4,6}-[a-z0-9]{4,6}))(?![\w-])/gi,
    entropy: 2.5,
  }),
  shape("disk-key", "Recovery key of a disk", {
    pattern: /(?<!\d)(\d{6}(?:-\d{6}){7})(?!\d)/g,
    entropy: 2.5,
  }),
  shape("unseal-key", "Unseal key of Vault", {
    pattern: /unseal[^\n]{0,80}?\s([A-Za-z0-9+/]{43}=)/gi,
    entropy: 4,
  }),
  shape("app-key", "Key of a web application", {
    pattern: new RegExp(`${wordStart("\\w")}base64:([A-Za-z0-9+/]{43}=)`, "g"),
    entropy: 4,
  }),
  shape("calendar-address", "Private address of a calendar", {
    pattern: /\/private-([0-9a-f]{32})\/basic\.ics/g,
    entropy: 3,
  }),
  shape("raw-key", "Key in hexadecimal bytes", {
    pattern:
      /(?:aes|des|hmac|encryption|secret|master|network|security)[ -]key\b(?![^\n]{0,60}fingerprint)[^\n]{0,40}?\s((?:[0-9a-f]{2}[ :]){15,31}[0-9a-f]{2})(?![0-9a-f])/gi,
    entropy: 2.5,
  }),
  shape("payment-token", "Token of a payment provider", {
    pattern: token(
      "(?:access_token\\$(?:production|sandbox)\\$[a-z0-9]{16}\\$([a-f0-9]{32})|(?:rzp_live_|live_(?=[0-9a-f]{35}(?![A-Za-z0-9]))|live_(?:\\d{6,12}_)?(?=[A-Za-z0-9]{30}(?![A-Za-z0-9]))|FLWSECK-|duffel_live_|shippo_live_|EZ[AT]K|access-production-)([A-Za-z0-9_-]{14,80}))",
    ),
    entropy: 2.8,
  }),
  shape("developer-token", "Token of a tool for developers", {
    pattern: token(
      "(?:sk\\.eyJ[A-Za-z0-9_-]{20,200}\\.([A-Za-z0-9_-]{20,40})|[ps]at\\.[A-Za-z0-9_-]{22}\\.[a-f0-9]{24}\\.([A-Za-z0-9]{20})|API-([A-Z0-9]{26})|sk_([a-f0-9]{48})|[A-Za-z0-9]{6}_([A-Za-z0-9]{29})_mmk|4b1d([A-Za-z0-9]{38})|eyJrIjoi([A-Za-z0-9]{70,300})|eyJhIjoi([A-Za-z0-9+/]{70,300})|A{20,24}([A-Za-z0-9%]{60,110})|t1\\.[A-Za-z0-9_-]{10,100}={0,2}\\.([A-Za-z0-9_-]{86}))",
    ),
    entropy: 3,
  }),
  shape("service-token", "Token of a hosted service", {
    pattern: token(
      "(?:mlsn\\.([0-9a-f]{60,70})|md-([A-Za-z0-9_-]{22})|pk_([0-9a-f]{34})|ATTA([0-9a-f]{64}[0-9A-Fa-f]{8})|os_v2_(?:app|org)_([a-z0-9]{90,110})|fw_([A-Za-z0-9]{22,28})|rpa_([A-Z0-9]{34,44}[a-z0-9]{0,10})|fc-([0-9a-f]{32})|klarna_(?:live|test)_api_([A-Za-z0-9_-]{40,120})|st\\.([0-9a-f]{24}\\.[0-9a-f]{32}\\.[0-9a-f]{32})|configcat-sdk-1/([A-Za-z0-9_-]{22}/[A-Za-z0-9_-]{22})|secret-([A-Za-z0-9]{40,48})|WPL_AP1\\.([A-Za-z0-9.]{20,60})|dG9rO([A-Za-z0-9+/]{50,60}={0,2})|aio_([A-Za-z0-9]{28})|ES_([0-9a-f]{32})|y0_([A-Za-z0-9_-]{50,70})|vk1\\.a\\.([A-Za-z0-9_-]{60,250})|bce-v3/ALTAK-([A-Za-z0-9]{21}/[0-9a-f]{40})|AQ\\.Ab8([A-Za-z0-9_-]{40,60})|A3-([A-Z0-9]{6}-[A-Z0-9]{6}(?:-[A-Z0-9]{5}){4})|[A-Za-z0-9]{70,80}AZDO[A-Za-z0-9]{4}|00D[A-Za-z0-9]{12}!([A-Za-z0-9._-]{60,120})|ser\\.([A-Za-z0-9]{22}))",
    ),
    entropy: 2.8,
  }),
  shape("flag-token", "Token of a service for feature flags", {
    pattern: token("(?:production|development|staging|test)\\.([0-9a-f]{56})"),
    entropy: 3,
  }),
  shape("wallet-key", "Private key of a wallet", {
    pattern: token("[KL5]([1-9A-HJ-NP-Za-km-z]{50,51})"),
    entropy: 4,
  }),
  shape("realtime-key", "Key of a service for messages", {
    pattern: /ably[^\n]{0,40}?["'=: ][\w-]{6}\.[\w-]{6}:([\w-]{40,50})(?![\w-])/gi,
    entropy: 4,
  }),
  shape("hook-address", "Address that is its own credential", {
    pattern:
      /https:\/\/(?:hook\.[a-z0-9.]{2,10}make\.com\/([a-z0-9]{32})|hooks\.zapier\.com\/hooks\/catch\/\d{5,9}\/([a-z0-9]{7})|maker\.ifttt\.com\/trigger\/\w{1,60}\/(?:json\/)?with\/key\/([A-Za-z0-9_-]{20,48})|[\w.-]{3,80}\/hooks\/([a-z0-9]{26}|[A-Za-z0-9]{17,24}\/[A-Za-z0-9]{40,60})|open\.(?:feishu\.cn|larksuite\.com)\/open-apis\/bot\/v2\/hook\/([0-9a-f-]{36})|\w{2,40}\.infura\.io\/v3\/([0-9a-f]{32})|[\w-]{2,40}\.g\.alchemy\.com\/v2\/([A-Za-z0-9_-]{32})|hc-ping\.com\/([0-9a-f-]{36})|(eo[a-z0-9]{16,20})\.m\.pipedream\.net|logs-\d{2}\.loggly\.com\/inputs\/([0-9a-f-]{36})|api\.render\.com\/deploy\/srv-\w{10,30}\?key=([A-Za-z0-9_-]{10,20}))(?![\w-])/g,
    entropy: 2.3,
  }),
  shape("infrastructure-token", "Token of an infrastructure or build service", {
    pattern: token(
      "(?:pul-|hc[abi][a-z]{1,2}_|(?:sdk|api)-(?=[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![A-Za-z0-9-]))|S[NCOUA](?=[A-Z0-9]{54,62}(?![A-Za-z0-9]))|CfDJ8(?=[A-Za-z0-9_-]{60})|tskey-(?:auth|api|client|scim|webhook)-|sq[upa]_|bk(?:ua|pat|aj)_|CCIPAT_|ico-|sb_secret_|pnu_|CFPAT-|CLOJARS_|rdme_|tfp_|dckr_|xkeysib-|xsmtpsib-|LTAI|AKID|cmVmdGtu|AKCp|amzn\\.mws\\.|amzn1\\.oa2-cs\\.v1\\.|sk-lf-|jina_|apify_api_|exp_|nvapi-|glffct-|dnkey-|fio-u-|sgp_(?:[a-f0-9]{16}_|local_)?|sha256~|tk-us-|sm_[aps]at_|GR1348941|p8e-|s-s4t2(?:ud|af)-|AQVN|SCW(?=[A-Z0-9]{17})|dop_v1_|vck_|re_(?=\\w{8}_)|1\\/\\/0)([A-Za-z0-9_-]{20,})",
    ),
    entropy: 3,
  }),
];
