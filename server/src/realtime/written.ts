/** JSON that stands written already: the encoder puts it into a packet as it is. */
export class Written {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** @returns one JSON object's text out of two, neither of which is empty. */
export function joined(one: string, other: string): string {
  return `${one.slice(0, -1)},${other.slice(1)}`;
}
