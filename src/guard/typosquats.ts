import { LEXICONS } from "./lexicon.ts";
import { matchesOf } from "./matches.ts";
import type { TextRule } from "./rule.ts";

/** Packages that others are named after, so that a slip of the finger installs them. */
const POPULAR = new Set(
  ("lodash react express axios chalk commander webpack typescript eslint prettier moment request bluebird underscore dotenv " +
    "mongoose jquery angular next vite vitest rollup babel jsonwebtoken nodemailer puppeteer playwright cross-env node-fetch " +
    "discord.js electron socket.io sequelize passport winston yargs fs-extra rimraf glob colors debug uuid semver inquirer " +
    "requests numpy pandas django flask fastapi pydantic sqlalchemy urllib3 cryptography boto3 botocore setuptools pyyaml " +
    "pillow matplotlib scikit-learn tensorflow torch transformers selenium beautifulsoup4 colorama pytest python-dateutil " +
    "jellyfish certifi tqdm celery redis psycopg2 aiohttp httpx rich click jinja2 langchain openai anthropic huggingface-hub " +
    "serde tokio reqwest clap rand regex anyhow rails nokogiri devise sidekiq bundler gorilla kubernetes helm terraform " +
    "tailwindcss svelte nuxt storybook esbuild turbo nodemon husky lint-staged ts-node pm2 serverless ethers web3 solana")
    .split(" "),
);
/** Packages that are themselves, though a letter away from others. */
const THEMSELVES = new Set(
  "preact poetry nest nuxt vitess jest vuex color debuglog color2 request rex click2 flask2 reacts rands numpy-stl toucan click-plugins react-is globby moments raxios clack glow torchx tork mocha clasp pilot redis-py"
    .split(" "),
);
const INSTALL =
  /\b(?:(?:npm|pnpm|yarn|bun) (?:install|i|add)|pip3? install|uv (?:pip install|add)|poetry add|pipx install|gem install|cargo (?:add|install)|npx|bunx|uvx)((?:\s+(?:-{1,2}[\w=-]{1,30}|@?[a-z0-9][\w./@=<>~^-]{1,60})){1,8})/gi;
const INSTALL_NEEDS = LEXICONS.unbroken.needsOf(INSTALL);
const NAME_MIN = 5;

/** An install command for a package that is named almost as a popular one. */
export const TYPOSQUAT: TextRule = {
  id: "injection.lookalike-package",
  family: "injection",
  title: "Installs a package named almost as a popular one",
  defaultAction: "warn",
  message: "This installs a package whose name is almost that of another: check its spelling",
  find: (text) => {
    // What is put together in the other view are not the words of the command.
    if (!text.anchors("unbroken", "unbroken").allow(INSTALL_NEEDS)) return undefined;
    const names = matchesOf(text.plain, INSTALL).flatMap(([, list]) => list!.toLowerCase().split(/\s+/));
    return names.some((name) => isLookalike(name.replace(/^["']|(?:@|[=<>~^]=?)[\w.^~-]*$/g, "")))
      ? "meant"
      : undefined;
  },
};

function isLookalike(name: string): boolean {
  if (name.length < NAME_MIN || name.startsWith("-") || POPULAR.has(name) || THEMSELVES.has(name)) {
    return false;
  }
  for (const popular of POPULAR) {
    if (
      popular.length >= NAME_MIN && Math.abs(popular.length - name.length) < 2 && isOneSlip(name, popular)
    ) return true;
  }
  return false;
}

/** Whether one letter is missing, added, replaced or swapped with its neighbour. */
function isOneSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (short.length !== long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] &&
    short.slice(at + 2) === long.slice(at + 2);
}
