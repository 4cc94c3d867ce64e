/** Every bound in the system, with its unit and its reason; those of connections stand in connection_limits.ts. */

/** Bytes of a request body: 256 kB. The largest unit within the text limits is about 60 kB of UTF-8. */
export const BODY_MAX_BYTES = 262_144;
/** The same under `CQ_COMPAT=strict`: the original has no limit, and its clients may send what is refused later. */
export const STRICT_BODY_MAX_BYTES = 1_048_576;
/** Nesting of a JSON body. Far above any real document, far below what would exhaust the stack. */
export const JSON_DEPTH_MAX = 500;
/** Digits of one integer in a JSON body: what the original's runtime converts. */
export const INTEGER_DIGITS_MAX = 4300;

/** Code points of a unit's texts: the published schema. */
export const SUMMARY_MAX_CHARS = 500;
export const DETAIL_MAX_CHARS = 8000;
export const ACTION_MAX_CHARS = 2000;
export const PATTERN_MAX_CHARS = 200;
/** Domains of a unit, languages and frameworks of its context: how many, and how long each may be. */
export const TAGS_MAX = 16;
export const TAG_MAX_CHARS = 64;
/** Keys of a unit's extensions: the published schema. */
export const EXTENSION_KEYS_MAX = 20;
/** Nesting inside extensions: whatever is stored must be readable by every client. */
export const EXTENSION_DEPTH_MAX = 64;
/** Code points of a flag's detail: the published schema. */
export const FLAG_DETAIL_MAX_CHARS = 1000;

/** Units in one query answer; larger limits are capped, as the published schema says. */
export const QUERY_LIMIT_DEFAULT = 5;
export const QUERY_LIMIT_MAX = 50;
/** Domains, languages or frameworks that one query looks at; further ones are ignored. */
export const QUERY_TAGS_MAX = 64;

/** Messages in one batch of the Model Context Protocol: each may be a call, and they are answered together. */
export const MCP_BATCH_MAX = 16;

/** Items in one page of the queue or of the unit list. */
export const QUEUE_LIMIT_DEFAULT = 20;
export const UNITS_LIMIT_DEFAULT = 100;
export const PAGE_LIMIT_MAX = 1000;
/** Rows that may be skipped by `offset`: the largest integer that JSON clients keep exactly. */
export const OFFSET_MAX = Number.MAX_SAFE_INTEGER;
/** Entries of the dashboard's activity list, and days its trend reaches back. */
export const ACTIVITY_MAX = 20;
export const TREND_DAYS = 30;
/** Domains drawn on the dashboard, and domains in one page of their list. */
export const OVERVIEW_DOMAINS = 20;
export const DOMAINS_PAGE = 200;
/** Units counted for a figure that no memory keeps: a few milliseconds; more are shown as "more than". */
export const FIGURE_MAX = 10_000;
/** Newest events that are looked at for what is unusual, and of these at once: about 10 ms of the event loop. */
export const ANOMALY_EVENTS_MAX = 10_000;
export const ANOMALY_EVENTS_PAGE = 500;
/** Milliseconds for which what was found unusual is told again. */
export const ANOMALIES_KEEP_MS = 60_000;
/** Proposals of one key within a day beyond which it is unusual, where they are more than half of all. */
export const BUSY_KEY_PROPOSALS = 50;
/** Units of one account that another one confirms within so many days to be part of a ring. */
export const RING_CONFIRMATIONS = 5;
export const RING_DAYS = 30;
/** Decided units of an account from which on a large share of rejected ones is unusual, and that share. */
export const MOSTLY_REJECTED_DECIDED = 10;
export const MOSTLY_REJECTED_SHARE = 0.7;
/** Similar units shown beside a unit, and other units that it names whose summaries are looked up. */
export const SIMILAR_UNITS = 6;
export const NAMED_UNITS_MAX = 50;
/** Events returned for one unit, newest first; and flags of a unit, each in every answer with it, that wait for a reviewer. */
export const HISTORY_MAX = 500;
export const UNANSWERED_FLAGS_MAX = 100;

/** Code points of an API key's name and lifetime, number of labels and code points of one label. */
export const KEY_NAME_MAX_CHARS = 64;
export const KEY_TTL_MAX_CHARS = 16;
export const KEY_LABELS_MAX = 16;
export const KEY_LABEL_MAX_CHARS = 64;
/** Lifetime of an API key, in seconds (365 days), and active keys of one user. */
export const KEY_TTL_MAX_S = 31_536_000;
export const ACTIVE_KEYS_MAX = 20;
/** Seconds before its end at which a key is shown as expiring soon: two weeks, enough to be back from a holiday. */
export const KEY_EXPIRY_WARNING_S = 1_209_600;
/** Keys in one page of their list. */
export const KEYS_PAGE = 25;
/** A key's last use is written at most this often, in milliseconds: reads of it need no more. */
export const KEY_USE_WRITE_INTERVAL_MS = 60_000;
/** Keys whose last use is remembered in memory. */
export const KEY_USE_CACHE_MAX = 10_000;

/** Seconds a session of the pages lasts without a request, and at the most: a working day, and no second one. */
export const SESSION_IDLE_S = 28_800;
export const SESSION_LIFETIME_S = 86_400;
/** Seconds by which the clocks of two replicas may differ. */
export const CLOCK_SKEW_MAX_S = 300;
/** A session's last use is written at most this often, in seconds: the end of an idle one needs no more. */
export const SESSION_SEEN_WRITE_INTERVAL_S = 60;
/** Random bytes of a session's token: nobody guesses one. */
export const SESSION_TOKEN_BYTES = 32;
/** Days after which a unit that nobody confirmed is stale, unless configured, and the greatest number of them. */
export const CONFIRM_WITHIN_DAYS = 365;
export const CONFIRM_WITHIN_DAYS_MAX = 36_500;

/** Entries of the audit log that are read at once while all of it is checked or exported: some ten milliseconds of the event loop. */
export const AUDIT_PAGE = 250;

/** Entries in one page of the audit log, and entries one request for a filtered page looks at. */
export const AUDIT_LIST_PAGE = 50;
export const AUDIT_SCAN_MAX = 2_000;
/** Lines of an exported log that are sent together. */
export const AUDIT_EXPORT_LINES = 200;
/** Entries up to which a page checks the whole log: some seconds. More are checked on the command line. */
export const AUDIT_CHECK_MAX = 100_000;

/** Lifetime of a login token, in seconds. */
export const TOKEN_LIFETIME_S = 86_400;
/** Login tokens whose signature is remembered to be good, and characters of the longest one. */
export const VERIFIED_TOKENS_MAX = 1_000;
export const VERIFIED_TOKEN_MAX_CHARS = 2_000;
/** Bytes of a password that bcrypt looks at; longer ones are refused rather than cut. */
export const PASSWORD_MAX_BYTES = 72;
/** Code points of a new password: what is shorter is found by guessing. Those set before stay good. */
export const PASSWORD_MIN_CHARS = 12;
/** Work factor of new password hashes, as the original writes them. */
export const BCRYPT_COST = 12;
/** Password checks running, so that a second processor is left to everything else, and waiting for one to end before a login is a 503. */
export const PASSWORD_WORKERS_MAX = navigator.hardwareConcurrency > 2 ? 2 : 1;
export const PASSWORD_QUEUE_MAX = 32;
/** Milliseconds after which a worker that has nothing to do ends: to start one takes some 50. */
export const PASSWORD_WORKER_IDLE_MS = 10_000;
/** Random bytes of a password that the server makes for a user: 24 characters of base32. */
export const NEW_PASSWORD_BYTES = 15;
/** Users in one page of their list. */
export const USERS_PAGE = 50;
/** Code points of a user name made with the command line. */
export const USERNAME_MAX_CHARS = 128;

/** Milliseconds another process may hold the database before a start or a command gives up. */
export const DATABASE_BUSY_TIMEOUT_MS = 5_000;
/** Milliseconds a request waits for the database's write lock before it is answered 503. */
export const WRITE_LOCK_WAIT_MS = 3_000;
/** Milliseconds between two tries for the write lock: the event loop is free in between. */
export const WRITE_LOCK_RETRY_MS = 5;
/** Transactions waiting for the writer before a request is answered 503. */
export const WRITE_QUEUE_MAX = 1_000;
/** Waiting transactions that share one commit. */
export const WRITE_BATCH_MAX = 64;
/** Milliseconds that writes of one commit may take before readers get a turn. */
export const WRITE_SLICE_MS = 4;
/** Transactions between two checkpoints that a server's worker makes: about a thousand pages. */
export const CHECKPOINT_TRANSACTIONS = 64;
/** Milliseconds that a server which ends waits for the checkpoint under way. */
export const CHECKPOINT_CLOSE_MS = 5_000;
/** Transactions after which writers wait for a checkpoint to be complete, so that the log begins at its start again. */
export const LOG_RESTART_TRANSACTIONS = 1_024;
/** Pages of SQLite's write-ahead log (64 MiB) at which the writer makes the checkpoint itself, should the worker not get to it. */
export const LOG_MAX_PAGES = 16_384;
/** Milliseconds a request waits for Postgres before it is answered 503: clients give up after 5 seconds. */
export const DATABASE_ANSWER_MS = 4_500;
/** Milliseconds a command waits for an answer of Postgres: it may count or copy tables of any size. */
export const COMMAND_ANSWER_MS = 600_000;
/** Milliseconds a statement may run on Postgres, and connections of one process, unless configured. */
export const STATEMENT_TIMEOUT_MS = 4_000;
export const POOL_SIZE = 10;
export const POOL_SIZE_MAX = 1_000;
/** Requests of one process that use or wait for a Postgres connection before further ones are answered 503. */
export const DATABASE_QUEUE_MAX = 2_000;
/** Seconds until a connection attempt fails, and between two attempts at the most. */
export const DATABASE_CONNECT_TIMEOUT_S = 5;
export const DATABASE_RECONNECT_MAX_S = 0.5;
/** Milliseconds a transaction may stand idle before Postgres ends it: what a stalled process may hold up others. */
export const DATABASE_IDLE_TRANSACTION_MS = 10_000;
/** How often a transaction is tried that collides with another one. */
export const TRANSACTION_TRIES = 3;
/** Milliseconds a replica may go on trusting what it read of a key or an account. On SQLite nothing is remembered. */
export const IDENTITY_CACHE_MS = 1_000;
/** Keys and accounts remembered at once. */
export const IDENTITY_CACHE_MAX = 10_000;
/** Prepared statements kept per connection, and characters of the longest: one with a thousand rows takes half a megabyte. */
export const STATEMENT_CACHE_MAX = 200;
export const STATEMENT_CACHED_MAX_CHARS = 8_192;
/** Milliseconds that one start waits for another one's migration run. */
export const MIGRATION_LOCK_WAIT_MS = 60_000;
/** Milliseconds a migration run may take on Postgres: an index over ten million rows takes minutes. */
export const MIGRATION_RUN_MAX_MS = 3_600_000;

/** Milliseconds that the loading of the store may take before requests get a turn. */
export const LOADING_SLICE_MS = 8;
/** Changed units that are read at once: about 5 ms of the event loop. */
export const CHANGES_PAGE = 500;
/** Ids of units that are kept as texts once they were asked for. */
export const IDS_SPELLED_MAX = 10_000;
/** Days whose number is remembered while units are read. */
export const DAYS_REMEMBERED_MAX = 10_000;
/** Milliseconds between two tries to load the store. */
export const PROJECTION_RETRY_MS = 1_000;
/** Milliseconds a request waits for the store to be loaded before it is answered 503: clients give up after 5 seconds. */
export const PROJECTION_WAIT_MS = 4_000;
/** Candidates of a query that are ranked from the database while the store is being loaded: about 50 ms of the event loop. */
export const LOADING_CANDIDATES_MAX = 5_000;
/** Units of a domain that are sorted for a list rather than looked for among all units by age. */
export const FEW_UNITS_MAX = 5_000;
/** How often a query is asked again because its units changed meanwhile, before it is ranked from the database. */
export const QUERY_TRIES = 8;
/** Characters of units and of whole answers that are kept as they are sent. */
export const RENDERED_MAX_CHARS = 4_194_304;
export const ANSWERS_MAX_CHARS = 4_194_304;

/** Seconds a refused client is asked to wait. */
export const RETRY_AFTER_S = 1;
/** Characters of a request id taken over from a proxy. */
export const REQUEST_ID_MAX_CHARS = 64;

/** Units per transaction of an import, and units read at once by export and check. */
export const IMPORT_BATCH = 500;
export const EXPORT_PAGE = 500;
/** Domain rows per statement: SQLite takes 32,766 values, Postgres 65,535. */
export const DOMAIN_ROWS_MAX = 5_000;
/** Rows per transaction of a copy between databases. */
export const COPY_PAGE = 500;
/** Bytes of one line of an import file. */
export const IMPORT_LINE_MAX_BYTES = 8_388_608;

/** Bytes of a form: a unit at the limits of its texts, every byte of it escaped. */
export const FORM_MAX_BYTES = 262_144;
/** Bytes below which a page is sent as it is: compressing saves nothing. */
export const COMPRESSION_MIN_BYTES = 1_024;
/** Seconds a message waits for the page that shows it, and code points of one: a cookie holds 4 kB. */
export const FLASH_LIFETIME_S = 60;
export const FLASH_MAX_CHARS = 300;
/** Seconds a chosen theme is remembered: 400 days, the longest a browser keeps a cookie. */
export const THEME_LIFETIME_S = 34_560_000;
/** Seconds in which a decision can be undone by whoever took it without saying more. */
export const UNDO_WINDOW_S = 10;
/** Seconds a claim lasts unless it is renewed: who closed the page is soon gone. */
export const CLAIM_LIFETIME_S = 120;
/** Seconds a unit may be put off: 90 days. */
export const SNOOZE_MAX_S = 7_776_000;
/** Code points of the note of a decision. */
export const REVIEW_NOTE_MAX_CHARS = 1000;
/** Units decided on in one request: what one screen holds. */
export const BULK_MAX = 100;
/** Units in one page of the review list, and of the unit list. */
export const REVIEW_PAGE = 25;
export const UNITS_PAGE = 50;
/** Units in one page of those in doubt: each with its forms. */
export const AGEING_PAGE = 20;
/** Units that one request for a filtered list looks at: the list says where it stopped, and goes on from there. */
export const LIST_SCAN_MAX = 2_000;
/** Units whose texts are read at once while a text is looked for. */
export const TEXT_SCAN_PAGE = 200;
/** Units up to which a domain is listed from its own rows instead of by walking through all. */
export const SMALL_DOMAIN_MAX = 2_000;
/** Decisions in one page of a reviewer's own. */
export const DECISIONS_PAGE = 25;
/** Units counted for display; more are shown as "more than". */
export const SHOWN_COUNT_MAX = 1_000;
/** Code points of a text that is looked for. */
export const SEARCH_MAX_CHARS = 200;

/** Characters of one text that the guard looks at: far above the longest that is accepted. */
export const GUARD_TEXT_MAX_CHARS = 262_144;
/** Characters of a text by itself below which nothing can be told: tags, mostly. They are read together with the rest. */
export const GUARD_TEXT_MIN_CHARS = 6;
/** Findings of one unit: more tell nobody more. */
export const GUARD_FINDINGS_MAX = 50;
/** Decoded texts of one text that are looked at one by one; all others are put together. */
export const GUARD_BLOBS_MAX = 40;
/** Characters of an encoded text that nobody reviews any more: longer than checksums, tokens and short examples. */
export const GUARD_OPAQUE_MIN_CHARS = 240;
/** Texts of all extensions that are looked at one by one; all others of an extension are put together. */
export const GUARD_EXTENSION_TEXTS_MAX = 100;
/** Characters at the end of a member's name that are read with each of its values, of which a list may have many. */
export const GUARD_NAME_CHARS = 32;
/** Characters at both ends of a field in which something that is split over fields is looked for. */
export const GUARD_SEAM_CHARS = 160;
/** Characters of a text from which it is read by itself: shorter ones are read together first, as most hold nothing. */
export const GUARD_LONG_CHARS = 1_000;
/** Texts that wait for the guard's worker; what comes meanwhile is looked at on the event loop, which takes no more work then. */
export const GUARD_WAITING_MAX = 256;
/** Milliseconds after which that worker ends where it has nothing to do: it takes some 45 MiB, and half a second to start. */
export const GUARD_WORKER_IDLE_MS = 10_000;
/** Milliseconds of work after which it tells what it has found: units are stored while it looks at the next ones. */
export const GUARD_REPORT_MS = 4;
/** Share of three-word runs that two units have in common when one repeats the other. */
export const GUARD_NEAR_DUPLICATE = 0.6;
/** Failed logins from one address: ten at once, then one each 60 seconds. */
export const LOGIN_ADDRESS_RATE = { burst: 10, interval_us: 60_000_000 } as const;
/** Failed logins for one account: five at once, then one each 30 seconds, quicker than one address can use them up. */
export const LOGIN_ACCOUNT_RATE = { burst: 5, interval_us: 30_000_000 } as const;
/** Addresses, and accounts, whose failed logins are remembered: about 3 MB each. To push one out, all of them must fail. */
export const LOGIN_BUCKETS_MAX = 20_000;
/** Pairs of an account and an address it signed in from that are remembered. */
export const LOGIN_KNOWN_MAX = 20_000;
/** A failure for an account from an address: for ten minutes after it, the address is not the owner's as far as one can tell. */
export const LOGIN_FAILED_RATE = { burst: 1, interval_us: 600_000_000 } as const;
/** Seconds the next try of an account is kept, once it is due, for whoever was promised it; and promises at once. */
export const LOGIN_TURN_S = 60;
export const LOGIN_TURNS_MAX = 1_000;
/** Logins waiting for the outcome of others that hold the last tokens: as many as may wait for a worker. */
export const LOGIN_WAITING_MAX = PASSWORD_QUEUE_MAX;
/**
 * Writes a minute of one key, unless configured: 100 a second. That is a thousand agents on one key, each of which writes every
 * ten seconds, and a twentieth of what one server on a laptop writes: a loop that runs wild takes no more than that from others.
 */
export const RATE_WRITES_DEFAULT = 6_000;
/** Reads a minute of one key or address, unless configured: any number. One host may rightly ask thousands of times a second. */
export const RATE_READS_DEFAULT = 0;
/** The most that can be configured for either: a token each 10 microseconds. */
export const RATE_MAX = 6_000_000;
/** Keys, users and addresses whose requests are counted: about 2 MB. */
export const REQUEST_BUCKETS_MAX = 20_000;
/** Seconds between two log lines about throttling of one kind. */
export const THROTTLE_WARNING_INTERVAL_S = 60;
/** Addresses whose meaning is remembered: about 1 MB; and characters of the longest one, with brackets, zone and port. */
export const ADDRESSES_REMEMBERED_MAX = 10_000;
export const ADDRESS_MAX_CHARS = 80;

/** Characters of a question in an agent's own words, as `q`: an error message with its stack fits. */
export const QUESTION_MAX_CHARS = 2_000;
/** Things a question is about that are looked for. */
export const QUESTION_CONCEPTS_MAX = 32;
/** Characters of one token: names of code are shorter, blobs are no words. */
export const TOKEN_MAX_CHARS = 64;
/** Words whose stems are kept in memory. */
export const STEMS_KEPT_MAX = 4_096;
/** Characters of one text of a unit that are indexed: other programs may have stored texts of any length. */
export const INDEXED_TEXT_MAX_CHARS = 32_768;
/** Units that one question looks at, whatever the size of the store. */
export const TEXT_CANDIDATES_MAX = 1_000;
/** Fewer units than this by the rare words of a question: then pairs of its frequent words are looked for too. */
export const TEXT_CANDIDATES_FEW = 200;
/** Frequent words of a question that are looked for in pairs. */
export const TEXT_PAIRED_TERMS = 3;
/** Units that are read for one answer to a question, the best by their text. */
export const TEXT_HITS_MAX = 100;
/** Units that are indexed in one transaction. */
export const INDEX_PAGE = 50;
/** Of these, units that are written without a turn for others in between. */
export const INDEX_UNITS_TOGETHER = 10;
/** Such pages that a request waits for; what is further behind is left to the time between requests. */
export const INDEX_PAGES_AT_ONCE = 10;
/** Milliseconds of indexing before others get their turn. */
export const INDEX_SLICE_MS = 1;
/** Milliseconds from a change, or from a failure, until texts are indexed that nobody asks for: changes rarely come alone. */
export const INDEX_DELAY_MS = 1_000;
/** Changes without a new text after which it is written down that the index knows them. */
export const INDEX_LAG_MAX = 5_000;
/** Tags whose meaning is remembered, and characters of the longest one: 1 MB at most. */
export const TAGS_REMEMBERED_MAX = 5_000;
export const TAG_REMEMBERED_MAX_CHARS = 64;
/** Units of each kind that are compared with a unit word by word, the likeliest first. */
export const SIMILAR_CANDIDATES = 20;
/** Likeness from which a unit is told to be about the same as another: a third of its runs of three words. */
export const SIMILAR_LIKENESS_MIN = 0.33;
/** Such units that are told of. */
export const SIMILAR_UNITS_MAX = 3;
/** Milliseconds before each proposal that is compared with others after it was answered: about a hundredth of the time is used. */
export const DUPLICATES_PAUSE_MS = 1_000;
/** Proposals that wait for that. */
export const DUPLICATES_WAITING_MAX = 1_000;

/** Dimension of the vectors of an embedding service: far above what any model has. */
export const EMBEDDING_DIMENSION_MAX = 65_536;
/** Milliseconds a question waits for its vector before its text alone answers: clients give up after 5 seconds. */
export const EMBEDDING_QUESTION_MS = 2_000;
/** Milliseconds a vector of a unit may take, as in the original: nobody waits for it. */
export const EMBEDDING_UNIT_MS = 30_000;
/** Bytes of one answer: eight texts of 512 tokens, each a vector of 768 numbers in JSON, take about 60 MB. */
export const EMBEDDING_ANSWER_MAX_BYTES = 67_108_864;
/** Units whose vectors are asked for in one request. */
export const EMBEDDING_BATCH = 8;
/** Characters of an answer from which on texts are sent one by one: to parse it takes some 10 ms of the event loop. */
export const EMBEDDING_LONG_ANSWER_CHARS = 1_048_576;
/** Seconds until a text is tried again that the service refuses while it answers others. */
export const EMBEDDING_PUT_OFF_S = 600;
/** Characters of a unit's text that are sent: the longest unit within its limits fits. */
export const EMBEDDED_TEXT_MAX_CHARS = 16_384;
/** Questions of one process that wait for the service; any further one is answered by its text alone. */
export const EMBEDDING_QUESTIONS_AT_ONCE = 16;
/** Failures in a row after which questions do not wait for the service, and seconds until one of them tries it again. */
export const BREAKER_FAILURES = 3;
export const BREAKER_OPEN_S = 10;
/** Questions whose vectors are remembered: about 3 MB at 768 dimensions. */
export const QUESTION_VECTORS_MAX = 1_000;
/** Bytes of vectors that are kept in memory: 87,000 at 768 dimensions. Of a larger store, vectors rank what the text finds. */
export const VECTOR_MEMORY_MAX_BYTES = 268_435_456;
/** Vectors that one question is compared with: about 4 ms at 768 dimensions. Of more, those are taken whose signs agree most. */
export const VECTORS_COMPARED_MAX = 4_000;
/** Vectors in one piece of that memory, so that it grows without being copied. */
export const VECTOR_BLOCK = 256;
/** Units of one answer that the nearest vectors bring. */
export const VECTOR_HITS_MAX = 100;
/** Vectors and changes that are read at once: some milliseconds. */
export const VECTOR_PAGE = 200;
/** Such pages that a question waits for; what is further behind is left to the time between requests. */
export const VECTOR_PAGES_AT_ONCE = 10;
/** Vectors that are marked as missing in one statement, when all are to be made again. */
export const VECTOR_RESET_PAGE = 1_000;
/** Milliseconds between two looks for missing vectors, and until the next try where the service is down. */
export const VECTOR_INTERVAL_MS = 1_000;
export const VECTOR_RETRY_MS = 5_000;
/** Seconds for which a process has the making of vectors to itself: a batch that times out again and again takes five minutes. */
export const VECTOR_CLAIM_S = 360;
