import { type PostgresLocation, redactUrl } from "../database/url.ts";

/** The command line that backs a Postgres database up to a file; without the password. */
export function dumpCommand(location: PostgresLocation, file: string): string {
  const [schema] = (location.parameters["search_path"] ?? "").split(",");
  const only = schema === "" ? "" : ` --schema=${shellQuoted(schema!.trim())}`;
  return `pg_dump --format=custom${only} --file=${shellQuoted(file)} ${shellQuoted(urlForTools(location))}`;
}

/** The command line that brings such a file back. */
export function undumpCommand(location: PostgresLocation, file: string): string {
  return `pg_restore --clean --if-exists --dbname=${shellQuoted(urlForTools(location))} ${shellQuoted(file)}`;
}

/** Parameters that Postgres's own tools know, but for passwords, which must not be shown: they refuse any other. */
const FOR_TOOLS =
  /^(?:host|hostaddr|port|dbname|user|passfile|service|options|application_name|client_encoding|connect_timeout|channel_binding|require_auth|requirepeer|target_session_attrs|load_balance_hosts|tcp_user_timeout|keepalives(?:_\w+)?|gss\w+|krbsrvname|ssl(?!password)\w+)$/;

function urlForTools(location: PostgresLocation): string {
  const [place, query = ""] = redactUrl(location.url).replace(":***@", "@").split("?", 2) as [
    string,
    string?,
  ];
  const parameters = query.split("&").filter((parameter) => FOR_TOOLS.test(parameter.split("=", 1)[0]!));
  return parameters.length === 0 ? place : `${place}?${parameters.join("&")}`;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
