/** A token's shape, as its issuer documents it or public scanners know it. */
export interface SecretShape {
  /** Of the rule `secret.<name>`. */
  readonly name: string;
  readonly title: string;
  /** Lower case: the pattern is tried only where one of them occurs. */
  readonly words: readonly string[];
  /** Global. What must look random is group 1, or else the whole match. */
  readonly pattern: RegExp;
  /** Shannon entropy, in bits per character, below which a match is an example. */
  readonly entropy: number;
}

/** Before and after a token: no character that would make it part of something longer. */
const START = "(?<![A-Za-z0-9])";
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
    words: ["cqa.v1."],
    pattern: token("cqa\\.v1\\.[0-9a-f]{32}\\.([a-z2-7]{52})"),
    entropy: 3,
  }),
  shape("github-token", "GitHub token", {
    words: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
    pattern: token("gh[pousr]_([A-Za-z0-9]{30,251})"),
    entropy: 3,
  }),
  shape("github-fine-grained-token", "GitHub fine-grained token", {
    words: ["github_pat_"],
    pattern: token("github_pat_([A-Za-z0-9_]{36,251})"),
    entropy: 3,
  }),
  shape("gitlab-token", "GitLab token", {
    words: [
      "glpat-",
      "gldt-",
      "glrt-",
      "glcbt-",
      "glptt-",
      "glft-",
      "glimt-",
      "glagent-",
      "gloas-",
      "glsoat-",
    ],
    pattern: token("gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat)-([A-Za-z0-9_.-]{20,128})"),
    entropy: 3,
  }),
  shape("aws-access-key", "AWS access key id", {
    words: ["akia", "asia", "abia", "acca"],
    pattern: token("(?:AKIA|ASIA|ABIA|ACCA)([A-Z0-9]{16})"),
    entropy: 2.5,
  }),
  shape("aws-secret-key", "AWS secret access key", {
    words: ["secret", "aws"],
    pattern: assigned("(?:secret_?access_?key|aws_?secret|secret ?key|aws)", "[A-Za-z0-9/+]{40}"),
    entropy: 4,
  }),
  shape("aws-session-token", "AWS session token", {
    words: ["session"],
    pattern: assigned("session_?token", "[A-Za-z0-9/+=]{100,2000}"),
    entropy: 4,
  }),
  shape("aws-bedrock-key", "AWS Bedrock key", {
    words: ["absk", "bedrock-api-key-"],
    pattern: token("(?:ABSK|bedrock-api-key-)([A-Za-z0-9+/]{60,300})"),
    entropy: 4,
  }),
  shape("google-api-key", "Google API key", {
    words: ["aiza"],
    pattern: token("AIza([A-Za-z0-9_-]{35})"),
    entropy: 3,
  }),
  shape("google-oauth-secret", "Google OAuth secret or access token", {
    words: ["gocspx-", "ya29."],
    pattern: token("(?:GOCSPX-|ya29\\.)([A-Za-z0-9_-]{20,300})"),
    entropy: 3,
  }),
  shape("azure-storage-key", "Azure storage or service key", {
    words: ["accountkey", "sharedaccesskey"],
    pattern: /(?:AccountKey|SharedAccessKey)\s{0,3}=\s{0,3}([A-Za-z0-9+/]{40,88}={0,2})/gi,
    entropy: 4,
  }),
  shape("azure-sas", "Azure shared access signature", {
    words: ["sig="],
    pattern: /[?&]sig=([A-Za-z0-9%+/]{43,120})/g,
    entropy: 3.5,
  }),
  shape("azure-client-secret", "Azure client secret", {
    words: ["q~"],
    pattern: /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.]{3}\dQ~([A-Za-z0-9_~.-]{31,34})(?![A-Za-z0-9_~-])/g,
    entropy: 3,
  }),
  shape("slack-token", "Slack token", {
    words: [
      "xoxb-",
      "xoxp-",
      "xoxa-",
      "xoxr-",
      "xoxs-",
      "xoxe-",
      "xoxe.",
      "xoxo-",
      "xoxc-",
      "xoxd-",
      "xapp-",
    ],
    pattern: token("(?:xox[abceoprsd][-.]|xapp-)([A-Za-z0-9%.-]{16,300})"),
    entropy: 2.8,
  }),
  shape("slack-webhook", "Slack webhook", {
    words: ["hooks.slack.com"],
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/([A-Za-z0-9/+]{40,80})/g,
    entropy: 3,
  }),
  shape("discord-token", "Discord bot token", {
    words: [".g", "discord"],
    pattern: token("[MNO][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.([A-Za-z0-9_-]{27,45})"),
    entropy: 3.5,
  }),
  shape("discord-webhook", "Discord webhook", {
    words: ["/api/webhooks/"],
    pattern: /discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/([A-Za-z0-9_-]{60,80})/g,
    entropy: 3.5,
  }),
  shape("teams-webhook", "Microsoft Teams webhook", {
    words: ["webhook.office.com"],
    pattern: /webhook\.office\.com\/webhookb2\/([0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-f]{32})/g,
    entropy: 3,
  }),
  shape("stripe-key", "Stripe key", {
    words: ["sk_live_", "sk_test_", "rk_live_", "rk_test_", "sk_prod_", "whsec_"],
    pattern: token("(?:[sr]k_(?:live|test|prod)_|whsec_)([A-Za-z0-9+/]{16,247})"),
    entropy: 3,
  }),
  shape("twilio-key", "Twilio key", {
    words: ["sk", "twilio"],
    pattern: token("SK([0-9a-f]{32})"),
    entropy: 3,
  }),
  shape("sendgrid-key", "SendGrid key", {
    words: ["sg."],
    pattern: token("SG\\.([A-Za-z0-9_-]{20,24}\\.[A-Za-z0-9_-]{39,50})"),
    entropy: 3,
  }),
  shape("mailgun-key", "Mailgun key", {
    words: ["key-", "mailgun"],
    pattern: token("(?:key-([0-9a-f]{32})|[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8})"),
    entropy: 3,
  }),
  shape("mailchimp-key", "Mailchimp key", {
    words: ["-us"],
    pattern: token("([0-9a-f]{32})-us\\d{1,2}"),
    entropy: 3,
  }),
  shape("npm-token", "npm token", {
    words: ["npm_"],
    pattern: token("npm_([A-Za-z0-9]{30,60})"),
    entropy: 3,
  }),
  shape("npm-registry-auth", "Credential of an npm registry", {
    words: ["_authtoken", "_auth", "_password"],
    pattern: /:?_(?:authToken|auth|password)\s{0,3}=\s{0,3}["']?([A-Za-z0-9+/_=-]{16,300})/g,
    entropy: 3.2,
  }),
  shape("pypi-token", "PyPI token", {
    words: ["pypi-ageichlwas5vcmc", "pypi-agendgvzdc5wexbp", "pypi-"],
    pattern: token("pypi-(Ag[A-Za-z0-9_-]{50,300})"),
    entropy: 3,
  }),
  shape("rubygems-token", "RubyGems key", {
    words: ["rubygems_"],
    pattern: token("rubygems_([a-f0-9]{48})"),
    entropy: 3,
  }),
  shape("crates-token", "crates.io token", {
    words: ["cio"],
    pattern: token("cio([A-Za-z0-9]{32})"),
    entropy: 3.5,
  }),
  shape("nuget-key", "NuGet key", {
    words: ["oy2"],
    pattern: token("oy2([a-z0-9]{43})"),
    entropy: 3,
  }),
  shape("docker-token", "Docker Hub token", {
    words: ["dckr_pat_", "dckr_oat_"],
    pattern: token("dckr_[po]at_([A-Za-z0-9_-]{24,60})"),
    entropy: 3,
  }),
  shape("openai-key", "OpenAI key", {
    words: ["sk-"],
    pattern: token("sk-(?:proj-|svcacct-|admin-|None-)?([A-Za-z0-9_-]{20,200})"),
    entropy: 3.5,
  }),
  shape("anthropic-key", "Anthropic key", {
    words: ["sk-ant-"],
    pattern: token("sk-ant-(?:api|admin|oat|sid)\\d{2}-([A-Za-z0-9_-]{24,200})"),
    entropy: 3,
  }),
  shape("huggingface-token", "Hugging Face token", {
    words: ["hf_", "api_org_"],
    pattern: token("(?:hf|api_org)_([A-Za-z0-9]{30,60})"),
    entropy: 3,
  }),
  shape("model-provider-key", "Key of a model provider", {
    words: [
      "gsk_",
      "xai-",
      "pplx-",
      "r8_",
      "fw_",
      "csk-",
      "tvly-",
      "nvapi-",
      "sk-or-",
      "lsv2_",
      "voyage",
      "pa-",
    ],
    pattern: token(
      "(?:gsk_|xai-|pplx-|r8_|fw_|csk-|tvly-(?:dev-|prod-)?|nvapi-|sk-or-v1-|lsv2_[ps][tk]_|pa-)([A-Za-z0-9_-]{32,100})",
    ),
    entropy: 3.3,
  }),
  shape("telegram-token", "Telegram bot token", {
    words: [":aa"],
    pattern: /(?<![0-9A-Za-z])(?:bot)?\d{8,10}:(AA[A-Za-z0-9_-]{32,34})(?![A-Za-z0-9_-])/g,
    entropy: 3,
  }),
  shape("shopify-token", "Shopify token", {
    words: ["shpat_", "shpca_", "shppa_", "shpss_", "shptka_"],
    pattern: token("shp(?:at|ca|pa|ss|tka)_([a-fA-F0-9]{32})"),
    entropy: 3,
  }),
  shape("square-token", "Square token", {
    words: ["sq0atp-", "sq0csp-", "eaaa"],
    pattern: token("(?:sq0(?:atp|csp)-([A-Za-z0-9_-]{22,43})|EAAA[A-Za-z0-9_-]{56,60})"),
    entropy: 3,
  }),
  shape("facebook-token", "Facebook token", {
    words: ["eaa"],
    pattern: token("EAA[MC]([A-Za-z0-9]{60,300})"),
    entropy: 3.5,
  }),
  shape("digitalocean-token", "DigitalOcean token", {
    words: ["dop_v1_", "doo_v1_", "dor_v1_"],
    pattern: token("do[opr]_v1_([a-f0-9]{64})"),
    entropy: 3,
  }),
  shape("cloudflare-token", "Cloudflare token", {
    words: ["cloudflare", "cf_", "v1.0-"],
    pattern: new RegExp(
      `${
        assigned("(?:cloudflare|cf_)", "[a-z0-9_-]{37,40}").source
      }|${START}v1\\.0-[a-f0-9]{24}-[a-f0-9]{146}${END}`,
      "gi",
    ),
    entropy: 3.3,
  }),
  shape("hosting-token", "Token of a hosting platform", {
    words: ["hrku-", "nfp_", "fo1_", "flyv1", "rnd_", "vercel", "sbp_", "pscale_", "railway", "vcp_"],
    pattern: token(
      "(?:HRKU-|nfp_|fo1_|FlyV1 fm\\d[a-z]?_|rnd_|sbp_|vcp_|pscale_(?:tkn|oauth|pw)_)([A-Za-z0-9_=.+/-]{24,700})",
    ),
    entropy: 3.2,
  }),
  shape("heroku-key", "Heroku key", {
    words: ["heroku"],
    pattern: assigned("heroku", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    entropy: 3,
  }),
  shape("databricks-token", "Databricks token", {
    words: ["dapi"],
    pattern: token("dapi([a-f0-9]{32})(?:-\\d)?"),
    entropy: 3,
  }),
  shape("atlassian-token", "Atlassian token", {
    words: ["atatt3", "atctt3", "atbb"],
    pattern: token("(?:AT[AC]TT3([A-Za-z0-9_=.-]{40,300})|ATBB[A-Za-z0-9]{32})"),
    entropy: 3,
  }),
  shape("workspace-token", "Token of a tool for teams", {
    words: [
      "lin_api_",
      "lin_oauth_",
      "ntn_",
      "secret_",
      "figd_",
      "phc_",
      "phx_",
      "cmvmd",
      "pat-na1-",
      "pat-eu1-",
      "dsec_",
      "pk_",
    ],
    pattern: token(
      "(?:lin_(?:api|oauth)_|ntn_|secret_|figd_|ph[cx]_|pat-(?:na|eu)1-|pk_\\d{6,9}_)([A-Za-z0-9_-]{32,120})",
    ),
    entropy: 3.2,
  }),
  shape("airtable-token", "Airtable token", {
    words: ["pat"],
    pattern: token("pat[A-Za-z0-9]{14}\\.([a-f0-9]{64})"),
    entropy: 3,
  }),
  shape("vault-token", "HashiCorp Vault or Terraform token", {
    words: ["hvs.", "hvb.", "hvr.", ".atlasv1."],
    pattern: token("(?:hv[sbr]\\.([A-Za-z0-9_-]{24,300})|[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,70})"),
    entropy: 3,
  }),
  shape("secret-manager-token", "Token of a secret manager", {
    words: ["dp.pt.", "dp.st.", "dp.ct.", "ops_eyj", "a3-"],
    pattern: token(
      "(?:dp\\.[a-z]{2,5}\\.(?:[a-z0-9_-]{2,35}\\.)?([A-Za-z0-9]{40,44})|ops_eyJ[A-Za-z0-9+/]{100,2000}|A3-[A-Z0-9]{6}-[A-Z0-9]{11}(?:-[A-Z0-9]{5}){3})",
    ),
    entropy: 3,
  }),
  shape("monitoring-token", "Token of a monitoring service", {
    words: ["glsa_", "glc_", "sntrys_", "sntryu_", "nrak-", "nrjs-", "nrii-", "dt0c01."],
    pattern: token(
      "(?:glsa_|glc_|sntry[su]_|NRAK-|NRJS-|NRII-|dt0c01\\.)([A-Za-z0-9_+/=.-]{20,400})",
    ),
    entropy: 3,
  }),
  shape("datadog-key", "Datadog key", {
    words: ["datadog", "dd_api", "dd_app", "dd-api"],
    pattern: assigned("(?:datadog|dd[_-]a)", "[a-f0-9]{32}|[a-f0-9]{40}"),
    entropy: 3,
  }),
  shape("postman-key", "Postman key", {
    words: ["pmak-"],
    pattern: token("PMAK-([a-f0-9]{24}-[a-f0-9]{34})"),
    entropy: 3,
  }),
  shape("dropbox-token", "Dropbox token", {
    words: ["sl."],
    pattern: token("sl\\.(?:u\\.)?([A-Za-z0-9_-]{100,300})"),
    entropy: 4,
  }),
  shape("age-key", "age secret key", {
    words: ["age-secret-key-1"],
    pattern: /AGE-SECRET-KEY-1([QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58})/gi,
    entropy: 3,
  }),
];
