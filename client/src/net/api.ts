import { addresses } from '@diemcau/shared/protocol/addresses.ts';
import type { Route, RouteAnswer, RouteName, RouteRequest } from '@diemcau/shared/protocol/http.ts';
import { doorMessage } from '@diemcau/shared/protocol/refusal-text-door.ts';
import type { Answer, Language } from '@diemcau/shared/protocol/socket.ts';
import { saidRefusal } from './said-refusal.ts';

/** The parts of a request that a route takes; those that it doesn't take need not be named. */
export type ApiRequest<N extends RouteName> = {
  [P in keyof RouteRequest<N> as RouteRequest<N>[P] extends undefined ? never : P]: RouteRequest<N>[P];
};

/** A file as the server gave it, with the name it is kept under. */
export interface FetchedFile {
  readonly name: string;
  readonly content: Blob;
}

/** Who calls: `nobody` sends no token. */
export type Bearer = { readonly token: string } | 'nobody';

export interface ApiOptions {
  /** Origin of the server; empty for the page's own. */
  readonly url: string;
  readonly language: () => Language;
}

/** What answers must look like; not loaded for a refusal, which is all that the first page is told. */
export function loadSchemas() {
  return import('@diemcau/shared/protocol/http.ts');
}

/** Harmless where their answer can't be read: asked again they do no more, and nobody should wait to be signed out. */
const harmless: readonly RouteName[] = ['refresh', 'logout'];

/** What goes over HTTP, by the table of routes that the server serves from. */
export class Api {
  readonly #options: ApiOptions;

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  /**
   * @returns the route's answer, or its refusal; `tryAgain` when the server could not be reached. What changes something is sent
   * only once its answer can be read: a code that serves once would be spent, and nobody told.
   */
  async call<N extends RouteName>(
    name: N,
    request: ApiRequest<N>,
    bearer: Bearer,
  ): Promise<Answer<RouteAnswer<N>>> {
    const { method, path } = addresses[name];
    const { body, params, query } = request as {
      body?: unknown;
      params?: Record<string, string>;
      query?: Record<string, string>;
    };
    if (method !== 'GET' && !harmless.includes(name) && (await this.#routes()) === null) {
      return this.#refusal('tryAgain');
    }
    const form = body instanceof FormData;
    const answer = await this.#fetch(this.#address(path, params, query), {
      method,
      headers: {
        ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
        ...this.#head(bearer),
      },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
    if (!answer.ok) return answer;
    const route: Route | undefined = (await this.#routes())?.[name];
    if (route === undefined) return this.#refusal('tryAgain');
    const parsed = route.answer.safeParse(answer.value);
    return parsed.success ? { ok: true, value: parsed.data as RouteAnswer<N> } : this.#refusal('internal');
  }

  /** Sends a file to a route that takes `multipart/form-data`. */
  async upload<N extends RouteName>(
    name: N,
    request: ApiRequest<N>,
    file: File,
    bearer: Bearer,
  ): Promise<Answer<RouteAnswer<N>>> {
    const form = new FormData();
    form.set('file', file);
    return this.call(name, { ...request, body: form } as unknown as ApiRequest<N>, bearer);
  }

  /** Fetches a file from one of the addresses that answer with one. */
  async fetchFile(
    path: string,
    params: Record<string, string>,
    bearer: Bearer,
  ): Promise<Answer<FetchedFile>> {
    let response: Response;
    try {
      response = await fetch(this.#address(path, params), {
        headers: this.#head(bearer),
        credentials: 'same-origin',
      });
      if (!response.ok) return this.#refusalIn(response.status, await response.json().catch(() => null));
      const named = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '');
      const name = named?.[1] ?? path.slice(path.lastIndexOf('/') + 1);
      return { ok: true, value: { name, content: await response.blob() } };
    } catch {
      return this.#refusal('tryAgain');
    }
  }

  async #routes() {
    try {
      return (await loadSchemas()).routes;
    } catch {
      return null;
    }
  }

  #head(bearer: Bearer): Record<string, string> {
    return {
      'accept-language': this.#options.language(),
      ...(bearer === 'nobody' ? {} : { authorization: `Bearer ${bearer.token}` }),
    };
  }

  #address(path: string, params: Record<string, string> = {}, query: Record<string, string> = {}): string {
    const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const search = new URLSearchParams(query).toString();
    return `${this.#options.url}${filled}${search === '' ? '' : `?${search}`}`;
  }

  async #fetch(address: string, init: RequestInit): Promise<Answer<unknown>> {
    let response: Response;
    try {
      response = await fetch(address, { ...init, credentials: 'same-origin' });
    } catch {
      return this.#refusal('tryAgain');
    }
    const body: unknown = await response.json().catch(() => null);
    if (response.ok) return { ok: true, value: body };
    return this.#refusalIn(response.status, body);
  }

  #refusalIn(status: number, body: unknown): Extract<Answer<never>, { ok: false }> {
    return saidRefusal(body) ?? this.#refusal(status >= 500 ? 'tryAgain' : 'internal');
  }

  #refusal(code: 'tryAgain' | 'internal') {
    const language = this.#options.language();
    return { ok: false, code, message: doorMessage(code, language) } as const;
  }
}
