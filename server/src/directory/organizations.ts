import { defaultRules, type MeetingRules } from '@diemcau/shared/domain/roster.ts';
import { asId, type OrganizationId } from '@diemcau/shared/ids.ts';
import { settings as settingsSchema } from '@diemcau/shared/protocol/http-schemas.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { DirectoryDatabase } from './database.ts';
import { guarded, tidyName, unguessable, withoutGaps } from './shape.ts';
import type { OrganizationKind } from './tables.ts';

/** What a committee sets for the meetings below it; what it leaves open is inherited from above. */
export type OrganizationSettings = Omit<MeetingRules, 'version'>;

/** What is stored may know more than this program. */
const ownSettings = settingsSchema.strip();

export interface NewOrganization {
  readonly parentId: OrganizationId | null;
  readonly kind: OrganizationKind;
  readonly name: string;
  readonly committeeName: string;
  readonly settings?: Partial<OrganizationSettings>;
}

export interface OrganizationEntry {
  readonly id: OrganizationId;
  readonly parentId: OrganizationId | null;
  readonly kind: OrganizationKind;
  readonly name: string;
  readonly committeeName: string;
}

export async function createOrganization(
  db: DirectoryDatabase,
  entry: NewOrganization,
  id: OrganizationId = asId<OrganizationId>(unguessable()),
): Promise<Result<OrganizationId>> {
  return guarded(async () => {
    await db
      .insertInto('organizations')
      .values({
        id,
        parentId: entry.parentId,
        kind: entry.kind,
        name: tidyName(entry.name),
        committeeName: tidyName(entry.committeeName),
        settings: JSON.stringify(entry.settings ?? {}),
      })
      .execute();
    return ok(id);
  });
}

export async function updateOrganization(
  db: DirectoryDatabase,
  id: OrganizationId,
  change: Partial<Omit<NewOrganization, 'parentId'>>,
): Promise<Result<OrganizationId>> {
  const { settings, name, committeeName, kind } = change;
  const before = await db
    .selectFrom('organizations')
    .select('settings')
    .where('id', '=', id)
    .executeTakeFirst();
  if (!before) return refused('notFound');
  await db
    .updateTable('organizations')
    .set({
      settings: JSON.stringify({ ...ownSettings.parse(JSON.parse(before.settings)), ...settings }),
      ...(name === undefined ? {} : { name: tidyName(name) }),
      ...(committeeName === undefined ? {} : { committeeName: tidyName(committeeName) }),
      ...(kind === undefined ? {} : { kind }),
    })
    .where('id', '=', id)
    .execute();
  return ok(id);
}

/** Removes an organization that has nothing below it. */
export async function removeOrganization(
  db: DirectoryDatabase,
  id: OrganizationId,
): Promise<Result<OrganizationId>> {
  return guarded(
    async () => {
      const { numDeletedRows } = await db
        .deleteFrom('organizations')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      return numDeletedRows === 0n ? refused('notFound') : ok(id);
    },
    { taken: 'alreadyExists', stillUsed: 'alreadyExists' },
  );
}

/** The given organizations and all below them, at any depth. */
export async function subtree(
  db: DirectoryDatabase,
  roots: readonly OrganizationId[],
): Promise<readonly OrganizationEntry[]> {
  if (roots.length === 0) return [];
  return db
    .withRecursive('below', (query) =>
      query
        .selectFrom('organizations')
        .where('id', 'in', roots)
        .select('id')
        .union((again) =>
          again
            .selectFrom('organizations')
            .innerJoin('below', 'below.id', 'organizations.parentId')
            .select('organizations.id'),
        ),
    )
    .selectFrom('organizations')
    .where('id', 'in', (query) => query.selectFrom('below').select('id'))
    .select(['id', 'parentId', 'kind', 'name', 'committeeName'])
    .orderBy('name')
    .execute();
}

/** An organization and those above it, nearest first; empty when it is unknown. */
export async function pathUp(
  db: DirectoryDatabase,
  id: OrganizationId,
): Promise<readonly (OrganizationEntry & { readonly settings: string })[]> {
  const rows = await db
    .withRecursive('above', (query) =>
      query
        .selectFrom('organizations')
        .where('id', '=', id)
        .select(['id', 'parentId'])
        .union((again) =>
          again
            .selectFrom('organizations')
            .innerJoin('above', 'above.parentId', 'organizations.id')
            .select(['organizations.id', 'organizations.parentId']),
        ),
    )
    .selectFrom('organizations')
    .where('id', 'in', (query) => query.selectFrom('above').select('id'))
    .selectAll()
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const path: (typeof rows)[number][] = [];
  for (let next = byId.get(id); next; next = next.parentId === null ? undefined : byId.get(next.parentId)) {
    path.push(next);
  }
  return path;
}

/** What holds in an organization: its own settings over those above it over the standard; of votes, rule by rule. */
export async function rulesOf(db: DirectoryDatabase, id: OrganizationId): Promise<MeetingRules> {
  let rules = defaultRules;
  for (const entry of (await pathUp(db, id)).toReversed()) {
    const own = withoutGaps(ownSettings.parse(JSON.parse(entry.settings)));
    rules = { ...rules, ...own, votes: { ...rules.votes, ...withoutGaps(own.votes ?? {}) } };
  }
  return rules;
}
