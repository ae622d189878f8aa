import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { oversight } from './oversight-migration.ts';

// A migration that has been released is never edited: the next one changes what it made.
// They run on SQLite and on PostgreSQL. Times are milliseconds since 1970, which PostgreSQL's `integer` can't hold.

const peopleAndCells: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('organizations')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('parent_id', 'text', (column) => column.references('organizations.id').onDelete('restrict'))
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('committee_name', 'text', (column) => column.notNull())
      .addColumn('settings', 'text', (column) => column.notNull().defaultTo('{}'))
      .execute();
    await db.schema
      .createTable('cells')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('organization_id', 'text', (column) =>
        column.notNull().references('organizations.id').onDelete('restrict'),
      )
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addUniqueConstraint('cells_name_in_organization', ['organization_id', 'name'])
      .execute();
    await db.schema
      .createTable('sites')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('cell_id', 'text', (column) => column.notNull().references('cells.id').onDelete('cascade'))
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('address', 'text', (column) => column.notNull().defaultTo(''))
      .addColumn('is_main', 'integer', (column) => column.notNull().defaultTo(0))
      .addUniqueConstraint('sites_name_in_cell', ['cell_id', 'name'])
      .execute();
    await db.schema
      .createTable('people')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('name_key', 'text', (column) => column.notNull())
      .addColumn('birth_year', 'integer')
      .addColumn('phone', 'text', (column) => column.unique())
      .addColumn('title', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await db.schema.createIndex('people_name_key').on('people').column('name_key').execute();
    await db.schema
      .createTable('memberships')
      .addColumn('person_id', 'text', (column) =>
        column.notNull().references('people.id').onDelete('cascade'),
      )
      .addColumn('cell_id', 'text', (column) => column.notNull().references('cells.id').onDelete('cascade'))
      .addColumn('standing', 'text', (column) => column.notNull())
      .addColumn('office', 'text')
      .addColumn('is_clerk', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('party_group', 'text')
      .addColumn('group_office', 'text')
      .addColumn('special_duty', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('detained', 'integer', (column) => column.notNull().defaultTo(0))
      .addPrimaryKeyConstraint('memberships_key', ['person_id', 'cell_id'])
      .execute();
    await db.schema.createIndex('memberships_cell').on('memberships').column('cell_id').execute();
    await db.schema.createIndex('sites_cell').on('sites').column('cell_id').execute();
    await db.schema.createIndex('organizations_parent').on('organizations').column('parent_id').execute();
  },
};

const rights: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('superior_assignments')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('person_id', 'text', (column) =>
        column.notNull().references('people.id').onDelete('cascade'),
      )
      .addColumn('cell_id', 'text', (column) => column.references('cells.id').onDelete('cascade'))
      .addColumn('organization_id', 'text', (column) =>
        column.references('organizations.id').onDelete('cascade'),
      )
      .addCheckConstraint('one_subject', sql`(cell_id is null) <> (organization_id is null)`)
      .execute();
    await db.schema
      .createIndex('superior_assignments_person')
      .on('superior_assignments')
      .column('person_id')
      .execute();
    await db.schema
      .createTable('administrators')
      .addColumn('person_id', 'text', (column) =>
        column.notNull().references('people.id').onDelete('cascade'),
      )
      .addColumn('organization_id', 'text', (column) =>
        column.notNull().references('organizations.id').onDelete('cascade'),
      )
      .addPrimaryKeyConstraint('administrators_key', ['person_id', 'organization_id'])
      .execute();
  },
};

const accountsAndSessions: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('accounts')
      .addColumn('person_id', 'text', (column) =>
        column.primaryKey().references('people.id').onDelete('cascade'),
      )
      .addColumn('login', 'text', (column) => column.notNull().unique())
      .addColumn('password_hash', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('one_time_codes')
      .addColumn('hash', 'text', (column) => column.primaryKey())
      .addColumn('purpose', 'text', (column) => column.notNull())
      .addColumn('person_id', 'text', (column) => column.references('people.id').onDelete('cascade'))
      .addColumn('meeting_id', 'text')
      .addColumn('site_id', 'text')
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('used_at', 'bigint')
      .execute();
    await db.schema
      .createTable('refresh_families')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('person_id', 'text', (column) =>
        column.notNull().references('people.id').onDelete('cascade'),
      )
      .addColumn('meeting_id', 'text')
      .addColumn('site_id', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('ended_at', 'bigint')
      .execute();
    await db.schema
      .createTable('refresh_tokens')
      .addColumn('hash', 'text', (column) => column.primaryKey())
      .addColumn('family_id', 'text', (column) =>
        column.notNull().references('refresh_families.id').onDelete('cascade'),
      )
      .addColumn('issued_at', 'bigint', (column) => column.notNull())
      .addColumn('superseded_at', 'bigint')
      .addColumn('successor_hash', 'text')
      .execute();
    await db.schema.createIndex('refresh_tokens_family').on('refresh_tokens').column('family_id').execute();
    await db.schema
      .createIndex('refresh_families_person')
      .on('refresh_families')
      .column('person_id')
      .execute();
  },
};

const meetings: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('meetings')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('cell_id', 'text', (column) => column.notNull().references('cells.id').onDelete('restrict'))
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('starts_at', 'bigint', (column) => column.notNull())
      .addColumn('phase', 'text', (column) => column.notNull())
      .addColumn('chair_id', 'text')
      .addColumn('deputy_chair_id', 'text')
      .addColumn('clerk_id', 'text')
      .execute();
    await db.schema.createIndex('meetings_cell').on('meetings').columns(['cell_id', 'starts_at']).execute();
  },
};

const demonstration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // Who was invented: only they can be entered as in one click, and a directory without them is a real one.
    await db.schema
      .createTable('demo_people')
      .addColumn('person_id', 'text', (column) =>
        column.primaryKey().references('people.id').onDelete('cascade'),
      )
      .execute();
  },
};

const pins: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('pins')
      .addColumn('person_id', 'text', (column) =>
        column.primaryKey().references('people.id').onDelete('cascade'),
      )
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('set_at', 'bigint', (column) => column.notNull())
      .execute();
    // On a shared telephone: a session that waits for its person's PIN.
    await db.schema.alterTable('refresh_families').addColumn('locked_at', 'bigint').execute();
  },
};

const attendanceOutcomes: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // A projection of the logs of meetings that are over: dropped, it is made anew at the next start.
    await db.schema
      .createTable('attendance_outcomes')
      .addColumn('meeting_id', 'text', (column) =>
        column.notNull().references('meetings.id').onDelete('cascade'),
      )
      .addColumn('person_id', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('attendance_outcomes_key', ['meeting_id', 'person_id'])
      .execute();
    await db.schema
      .createIndex('attendance_outcomes_person')
      .on('attendance_outcomes')
      .columns(['person_id', 'at'])
      .execute();
  },
};

const alarmAcknowledgements: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('alarm_acknowledgements')
      .addColumn('person_id', 'text', (column) =>
        column.notNull().references('people.id').onDelete('cascade'),
      )
      .addColumn('meeting_id', 'text', (column) => column.notNull())
      .addColumn('alarm', 'text', (column) => column.notNull())
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('alarm_acknowledgements_key', ['person_id', 'meeting_id', 'alarm', 'since'])
      .execute();
  },
};

/** In the order of their names; each runs once. */
export const migrations: Record<string, Migration> = {
  '001-people-and-cells': peopleAndCells,
  '002-rights': rights,
  '003-accounts-and-sessions': accountsAndSessions,
  '004-meetings': meetings,
  '005-demonstration': demonstration,
  '006-pins': pins,
  '007-attendance-outcomes': attendanceOutcomes,
  '008-alarm-acknowledgements': alarmAcknowledgements,
  '009-oversight': oversight,
};
