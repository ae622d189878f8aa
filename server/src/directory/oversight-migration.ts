import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Observations, plans of visits, and the list of visits that is made from the logs. */
export const oversight: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('observations')
      .addColumn('id', 'text', (column) => column.primaryKey())
      // What was sent belongs to the cell's record: a meeting with observations is not removed.
      .addColumn('meeting_id', 'text', (column) =>
        column.notNull().references('meetings.id').onDelete('restrict'),
      )
      // Without a reference: the record outlives the directory's entry of its author.
      .addColumn('author_id', 'text', (column) => column.notNull())
      .addColumn('author_name', 'text', (column) => column.notNull())
      .addColumn('author_office', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('item', 'text')
      .addColumn('written_at', 'bigint', (column) => column.notNull())
      .addColumn('sent_at', 'bigint')
      .execute();
    await db.schema.createIndex('observations_meeting').on('observations').column('meeting_id').execute();
    await db.schema
      .createIndex('observations_author')
      .on('observations')
      .columns(['author_id', 'written_at'])
      .execute();
    await db.schema
      .createTable('visit_plans')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('person_id', 'text', (column) =>
        column.notNull().references('people.id').onDelete('cascade'),
      )
      .addColumn('cell_id', 'text', (column) => column.notNull().references('cells.id').onDelete('cascade'))
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('planned_by', 'text', (column) => column.notNull())
      .addUniqueConstraint('visit_plans_once', ['person_id', 'cell_id', 'day'])
      .execute();
    await db.schema.createIndex('visit_plans_cell').on('visit_plans').columns(['cell_id', 'day']).execute();
    // Projections of the logs of meetings that ended: dropped, they are made anew at the next start.
    await db.schema
      .createTable('visits')
      .addColumn('meeting_id', 'text', (column) =>
        column.notNull().references('meetings.id').onDelete('cascade'),
      )
      .addColumn('person_id', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('office', 'text', (column) => column.notNull())
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('how', 'text', (column) => column.notNull())
      .addColumn('focused', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('visits_key', ['meeting_id', 'person_id'])
      .execute();
    await db.schema
      .createTable('visit_folds')
      .addColumn('meeting_id', 'text', (column) =>
        column.primaryKey().references('meetings.id').onDelete('cascade'),
      )
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('phase', 'text', (column) => column.notNull())
      .execute();
  },
};
