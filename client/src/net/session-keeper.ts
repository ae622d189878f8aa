import type { RouteAnswer, RouteName, SessionView, SignedIn } from '@diemcau/shared/protocol/http.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import { Observable, type Readable } from '../store/observable.ts';
import type { Api, ApiRequest, FetchedFile } from './api.ts';
import type { TokenSource } from './connection.ts';

export type SessionState =
  /** The refresh cookie is being tried. */
  | { readonly kind: 'restoring' }
  /** The server could not be reached to say whether a session goes on. */
  | { readonly kind: 'unreachable'; readonly message: string }
  /** `message` says why a session ended; null where there was none or the person signed out. */
  | { readonly kind: 'signedOut'; readonly message: string | null }
  | { readonly kind: 'signedIn'; readonly session: SessionView };

/** Routes that begin a session. */
export type EntryRoute = 'login' | 'activate' | 'firstAdministrator' | 'openTerminal' | 'demoLogin';

/** Seconds before its end at which an access token is renewed. */
const margin = 30;

/** Who is signed in on this page. The access token stays in memory; the refresh token is a cookie that no script sees. */
export class SessionKeeper {
  readonly #api: Api;
  readonly #slot: () => string;
  readonly #state = new Observable<SessionState>({ kind: 'restoring' });
  #access: { readonly token: string; readonly endsAt: number } | null = null;
  #renewal: Promise<Answer<string>> | null = null;

  /** @param slot names the browser's cookie, so that several people can be signed in side by side. */
  constructor(api: Api, slot: () => string) {
    this.#api = api;
    this.#slot = slot;
  }

  get state(): Readable<SessionState> {
    return this.#state;
  }

  /** Goes on with the session that the cookie stands for, if there is one. */
  async restore(): Promise<void> {
    const answer = await this.#renew();
    if (answer.ok) return;
    if (answer.code === 'tryAgain' || answer.code === 'tooManyRequests') {
      this.#state.set({ kind: 'unreachable', message: answer.message });
    } else
      this.#state.set({ kind: 'signedOut', message: answer.code === 'sessionEnded' ? answer.message : null });
  }

  /** Begins a session by one of the doors. */
  async enter<N extends EntryRoute>(route: N, request: ApiRequest<N>): Promise<Answer<SignedIn>> {
    const answer = (await this.#api.call(route, request, 'nobody')) as Answer<SignedIn>;
    if (answer.ok) this.#take(answer.value);
    return answer;
  }

  async signOut(): Promise<void> {
    this.#access = null;
    this.#state.set({ kind: 'signedOut', message: null });
    await this.#api.call('logout', { body: { slot: this.#slot() } }, 'nobody');
  }

  /** The session is over, as the server says. */
  end(message: string): void {
    this.#access = null;
    if (this.#state.get().kind === 'signedIn') this.#state.set({ kind: 'signedOut', message });
  }

  /** An access token that holds for a while yet. */
  readonly token: TokenSource = async (freshness) => {
    const access = this.#access;
    if (freshness === 'current' && access !== null && Date.now() < access.endsAt) {
      return { ok: true, value: access.token };
    }
    const answer = await this.#renew();
    if (!answer.ok && (answer.code === 'sessionEnded' || answer.code === 'unauthenticated'))
      this.end(answer.message);
    return answer;
  };

  /** Calls a route as the person who is signed in, once more with a new token if the first is refused. */
  async call<N extends RouteName>(name: N, request: ApiRequest<N>): Promise<Answer<RouteAnswer<N>>> {
    return this.#withToken((token) => this.#api.call(name, request, { token }));
  }

  /** Sends a file, as {@link call}. */
  async upload<N extends RouteName>(
    name: N,
    request: ApiRequest<N>,
    file: File,
  ): Promise<Answer<RouteAnswer<N>>> {
    return this.#withToken((token) => this.#api.upload(name, request, file, { token }));
  }

  /** Fetches a file as the person who is signed in, as {@link call}. */
  async fetchFile(path: string, params: Record<string, string>): Promise<Answer<FetchedFile>> {
    return this.#withToken((token) => this.#api.fetchFile(path, params, { token }));
  }

  async #withToken<T>(ask: (token: string) => Promise<Answer<T>>): Promise<Answer<T>> {
    const first = await this.token('current');
    if (!first.ok) return first;
    const answer = await ask(first.value);
    if (answer.ok || answer.code !== 'unauthenticated') return answer;
    const second = await this.token('renewed');
    return second.ok ? ask(second.value) : second;
  }

  #renew(): Promise<Answer<string>> {
    // One at a time: a refresh token serves once.
    this.#renewal ??= this.#refresh().finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  async #refresh(): Promise<Answer<string>> {
    const answer = await this.#api.call('refresh', { body: { slot: this.#slot() } }, 'nobody');
    if (!answer.ok) return answer;
    this.#take(answer.value);
    return { ok: true, value: answer.value.accessToken };
  }

  #take({ accessToken, accessSeconds, session }: SignedIn): void {
    this.#access = { token: accessToken, endsAt: Date.now() + Math.max(5, accessSeconds - margin) * 1000 };
    const before = this.#state.get();
    if (before.kind === 'signedIn' && JSON.stringify(before.session) === JSON.stringify(session)) return;
    this.#state.set({ kind: 'signedIn', session });
  }
}
