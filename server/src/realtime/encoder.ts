import { Decoder, Encoder, type Packet } from 'socket.io-parser';
import { Written } from './written.ts';

/** Socket.IO's own packets, for a protocol that is text throughout: nobody looks for bytes in every corner of a snapshot. */
class PlainEncoder extends Encoder {
  override encode({ type, nsp, id, data }: Packet): string[] {
    const head = `${type}${nsp === '/' ? '' : `${nsp},`}${id ?? ''}`;
    return [data === undefined || data === null ? head : `${head}${textOf(data)}`];
  }
}

function textOf(data: unknown): string {
  const answer: unknown = Array.isArray(data) ? data[0] : null;
  const value: unknown = typeof answer === 'object' && answer !== null && 'value' in answer && answer.value;
  return value instanceof Written ? `[{"ok":true,"value":${value.text}}]` : JSON.stringify(data);
}

/** The form of the packets, as the Socket.IO server takes it. */
export const plainParser = { Encoder: PlainEncoder, Decoder };
