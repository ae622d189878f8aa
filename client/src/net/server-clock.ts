import { Observable, type Readable } from '../store/observable.ts';

/** This device's time, milliseconds since 1970: as wrong as its clock was when the page began, and never set since. */
const steadyNow = () => performance.timeOrigin + performance.now();

/**
 * Estimates the server's clock. Of several exchanges the one with the shortest way there and back is believed: half of
 * its length is the largest error it can have.
 */
export class ServerClock {
  readonly #localNow: () => number;
  readonly #offset = new Observable(0);
  #best = Number.POSITIVE_INFINITY;

  /** @param localNow a clock that nobody sets while it is being used. */
  constructor(localNow: () => number = steadyNow) {
    this.#localNow = localNow;
  }

  /** @returns this device's time, in which exchanges are measured. */
  readonly localNow = (): number => this.#localNow();

  /** Milliseconds to add to {@link localNow}. */
  get offset(): Readable<number> {
    return this.#offset;
  }

  /** @returns the server's time now, milliseconds since 1970. */
  readonly now = (): number => this.#localNow() + this.#offset.get();

  /** Takes in an exchange: when it was sent and answered by {@link localNow}, and the server's time in the answer. */
  add(exchange: { readonly sentAt: number; readonly answeredAt: number; readonly serverNow: number }): void {
    const roundTrip = exchange.answeredAt - exchange.sentAt;
    if (roundTrip < 0 || roundTrip > this.#best) return;
    this.#best = roundTrip;
    this.#offset.set(Math.round(exchange.serverNow - (exchange.sentAt + exchange.answeredAt) / 2));
  }

  /** Forgets how good earlier exchanges were: the device may have slept, and every clock drifts. */
  expectDrift(): void {
    this.#best = Number.POSITIVE_INFINITY;
  }
}
