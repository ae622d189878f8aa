import type { MediaAnswers, MediaRequestData, MediaRequestName } from '@diemcau/shared/protocol/media.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import type { RefusalCode } from '@diemcau/shared/result.ts';

/** Carries a media request of one meeting to the server. Never rejects. */
export type Signal = <N extends MediaRequestName>(
  name: N,
  data: MediaRequestData<N>,
) => Promise<Answer<MediaAnswers[N]>>;

/** A refusal where only an answer makes sense; caught within this folder. */
export class MediaRefused extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(`media request refused: ${code}`);
    this.name = 'MediaRefused';
    this.code = code;
  }
}

/** @returns the answer's value. @throws MediaRefused */
export async function asked<N extends MediaRequestName>(
  signal: Signal,
  name: N,
  data: MediaRequestData<N>,
): Promise<MediaAnswers[N]> {
  const answer = await signal(name, data);
  if (!answer.ok) throw new MediaRefused(answer.code);
  return answer.value;
}
