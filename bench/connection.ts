const HEAD_END = "\r\n\r\n";
const READ_BYTES = 65_536;

/**
 * One HTTP/1.1 connection that is kept alive and has one request under way. Much cheaper than `fetch`, so that the load
 * generator is not what is measured; understands no more than answers with a `Content-Length`.
 */
export class Connection implements Disposable {
  readonly #buffer = new Uint8Array(READ_BYTES);
  readonly #decoder = new TextDecoder();

  private constructor(private readonly socket: Deno.TcpConn) {}

  /** Connects to a server on this machine; there is no way to name another one. */
  static async open(port: number): Promise<Connection> {
    const socket = await Deno.connect({ hostname: "127.0.0.1", port });
    socket.setNoDelay(true);
    return new Connection(socket);
  }

  /** Sends a whole request and returns the status of its answer, which is read to its end. */
  async exchange(request: Uint8Array): Promise<number> {
    for (let sent = 0; sent < request.length;) sent += await this.socket.write(request.subarray(sent));
    let head = "", received = 0, headBytes = -1;
    while (headBytes === -1) {
      const chunk = await this.#read();
      received += chunk.length;
      head += this.#decoder.decode(chunk);
      headBytes = head.indexOf(HEAD_END);
    }
    const length = /\r\ncontent-length: *(\d+)/i.exec(head.slice(0, headBytes + 2))?.[1];
    if (length === undefined) throw new Error("an answer without Content-Length");
    // The head is ASCII, so its characters are its bytes.
    for (const end = headBytes + HEAD_END.length + Number(length); received < end;) {
      received += (await this.#read()).length;
    }
    return Number(head.slice(9, 12));
  }

  async #read(): Promise<Uint8Array> {
    const length = await this.socket.read(this.#buffer);
    if (length === null) throw new Error("the server closed the connection");
    return this.#buffer.subarray(0, length);
  }

  [Symbol.dispose](): void {
    this.socket.close();
  }
}
