import type { PersonId } from '@diemcau/shared/ids.ts';
import { call } from '../../support/api.ts';
import { memberPassword } from '../../support/members.ts';

/** A person's account: an access token, and another one when that is refused. */
export class Account {
  readonly personId: PersonId;
  readonly #login: string;
  readonly #url: () => string;
  #token: string | null;
  #signing: Promise<string> | null = null;

  constructor(
    member: { readonly personId: PersonId; readonly login: string; readonly token: string },
    url: () => string,
  ) {
    this.personId = member.personId;
    this.#login = member.login;
    this.#token = member.token;
    this.#url = url;
  }

  /** @throws when the server can't be reached, or says no. */
  async token(): Promise<string> {
    if (this.#token !== null) return this.#token;
    this.#signing ??= this.#signIn().finally(() => {
      this.#signing = null;
    });
    return this.#signing;
  }

  refused(): void {
    this.#token = null;
  }

  async #signIn(): Promise<string> {
    const { accessToken } = await call(this.#url(), 'login', {
      body: { name: this.#login, password: memberPassword },
    });
    this.#token = accessToken;
    return accessToken;
  }
}
