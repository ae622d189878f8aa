import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';

/** What the shim reads while the server runs; the layout is `struct control` of shim.c. */
export class Control {
  readonly path: string;
  readonly #file: number;

  constructor(path: string) {
    this.path = path;
    writeFileSync(path, Buffer.alloc(16));
    this.#file = openSync(path, 'r+');
  }

  /** The server's wall clock runs so many milliseconds ahead of the machine's (less than 0: behind). */
  setClockAhead(milliseconds: number): void {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(milliseconds));
    writeSync(this.#file, bytes, 0, 8, 0);
  }

  /** While the disk is full, no file of the folder grows and none is made. */
  setDisk(state: 'full' | 'roomy'): void {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(state === 'full' ? 1 : 0);
    writeSync(this.#file, bytes, 0, 4, 8);
  }

  close(): void {
    closeSync(this.#file);
  }
}
