import type { Markup } from "../markup.ts";

/** What somebody wrote, within words of ours: however it is written, it does not turn around what stands beside it. */
export function Name({ children }: { children: string }): Markup {
  return <bdi>{children}</bdi>;
}

/** Several of them, with commas between. */
export function Names({ of: names }: { of: readonly string[] }): Markup {
  return (
    <>
      {names.map((name, index) => (
        <>
          {index === 0 ? "" : ", "}
          <Name>{name}</Name>
        </>
      ))}
    </>
  );
}
