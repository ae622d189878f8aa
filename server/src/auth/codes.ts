import type { MeetingId, PersonId, SiteId } from '@diemcau/shared/ids.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { DirectoryDatabase } from '../directory/database.ts';
import { type Keys, paperCode, siteCode, tidyCode } from './keys.ts';

/** What a one-time code opens. */
export type CodeSubject =
  | { readonly purpose: 'firstAdministrator' }
  | { readonly purpose: 'account'; readonly personId: PersonId }
  | {
      readonly purpose: 'siteTerminal';
      readonly meetingId: MeetingId;
      readonly siteId: SiteId;
      readonly responsibleId: PersonId;
    };

export interface IssuedCode {
  /** As people read it. It is stored nowhere: lost, a new one is issued. */
  readonly code: string;
  readonly expiresAt: number;
}

export interface OneTimeCodes {
  /**
   * Issues a code; an earlier one for the same subject ends.
   * @param validFor milliseconds, where the code is for this hour and not to be kept.
   */
  issue(subject: CodeSubject, validFor?: number): Promise<IssuedCode>;
  /** Reads a code without using it up. */
  peek<P extends CodeSubject['purpose']>(code: string, purpose: P): Promise<Result<SubjectOf<P>>>;
  /** Uses a code up; of two at the same time one wins. */
  redeem<P extends CodeSubject['purpose']>(code: string, purpose: P): Promise<Result<SubjectOf<P>>>;
}

type SubjectOf<P extends CodeSubject['purpose']> = Extract<CodeSubject, { purpose: P }>;

const HOUR = 3_600_000;
const lifetimes: Record<CodeSubject['purpose'], number> = {
  firstAdministrator: 7 * 24 * HOUR,
  account: 30 * 24 * HOUR,
  siteTerminal: 12 * HOUR,
};

interface Parts {
  readonly db: DirectoryDatabase;
  readonly keys: Keys;
  readonly now: () => number;
}

export function createOneTimeCodes({ db, keys, now }: Parts): OneTimeCodes {
  async function find<P extends CodeSubject['purpose']>(code: string, purpose: P) {
    const hash = keys.fingerprint(`${purpose}:${tidyCode(code)}`);
    const row = await db.selectFrom('oneTimeCodes').where('hash', '=', hash).selectAll().executeTakeFirst();
    if (!row || row.purpose !== purpose || row.usedAt !== null || row.expiresAt <= now()) return null;
    const subject = subjectOf(row);
    return subject && isFor(subject, purpose) ? { hash, subject } : null;
  }

  return {
    async issue(subject, validFor = lifetimes[subject.purpose]) {
      const expiresAt = now() + validFor;
      const columns = columnsOf(subject);
      // Eight digits may meet an older code: then another is drawn.
      for (;;) {
        const code = subject.purpose === 'siteTerminal' ? siteCode() : paperCode();
        const hash = keys.fingerprint(`${subject.purpose}:${tidyCode(code)}`);
        const taken = await db.transaction().execute(async (within) => {
          await within.deleteFrom('oneTimeCodes').where('expiresAt', '<=', now()).execute();
          const same = await within
            .selectFrom('oneTimeCodes')
            .where('hash', '=', hash)
            .select('hash')
            .executeTakeFirst();
          if (same) return true;
          let earlier = within.deleteFrom('oneTimeCodes').where('purpose', '=', subject.purpose);
          if (subject.purpose === 'account') earlier = earlier.where('personId', '=', subject.personId);
          if (subject.purpose === 'siteTerminal') {
            earlier = earlier.where('meetingId', '=', subject.meetingId).where('siteId', '=', subject.siteId);
          }
          await earlier.execute();
          await within
            .insertInto('oneTimeCodes')
            .values({ hash, purpose: subject.purpose, ...columns, expiresAt, usedAt: null })
            .execute();
          return false;
        });
        if (!taken) return { code, expiresAt };
      }
    },

    async peek(code, purpose) {
      const found = await find(code, purpose);
      return found ? ok(found.subject) : refused('codeInvalid');
    },

    async redeem(code, purpose) {
      const found = await find(code, purpose);
      if (!found) return refused('codeInvalid');
      const { numUpdatedRows } = await db
        .updateTable('oneTimeCodes')
        .set({ usedAt: now() })
        .where('hash', '=', found.hash)
        .where('usedAt', 'is', null)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n ? ok(found.subject) : refused('codeInvalid');
    },
  };
}

function columnsOf(subject: CodeSubject) {
  switch (subject.purpose) {
    case 'firstAdministrator':
      return { personId: null, meetingId: null, siteId: null };
    case 'account':
      return { personId: subject.personId, meetingId: null, siteId: null };
    case 'siteTerminal':
      return { personId: subject.responsibleId, meetingId: subject.meetingId, siteId: subject.siteId };
  }
}

function subjectOf(row: {
  readonly purpose: CodeSubject['purpose'];
  readonly personId: PersonId | null;
  readonly meetingId: MeetingId | null;
  readonly siteId: SiteId | null;
}): CodeSubject | null {
  const { purpose, personId, meetingId, siteId } = row;
  switch (purpose) {
    case 'firstAdministrator':
      return { purpose };
    case 'account':
      return personId === null ? null : { purpose, personId };
    case 'siteTerminal':
      return personId === null || meetingId === null || siteId === null
        ? null
        : { purpose, meetingId, siteId, responsibleId: personId };
  }
}

function isFor<P extends CodeSubject['purpose']>(subject: CodeSubject, purpose: P): subject is SubjectOf<P> {
  return subject.purpose === purpose;
}
