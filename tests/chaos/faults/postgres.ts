import { setTimeout as wait } from 'node:timers/promises';
import type { PostgresStage } from '../stage/postgres.ts';
import type { Fault, Form } from '../stage/stage.ts';

/** How long a database is away, in milliseconds. */
const away = (form: Form) => (form === 'short' ? 3_000 : 30_000);

/** PostgreSQL ends at once, in the middle of whatever it does, and is started again. */
export const stopPostgres: Fault<PostgresStage> = {
  name: 'postgres-stop',
  inflict: async ({ postgres, crew }, { chance, form }) => {
    const times = form === 'short' ? 2 : 6;
    for (let time = 0; time < times; time += 1) {
      await wait(chance.between(100, 900));
      postgres.stop('immediate');
      await postgres.start();
      await crew.recovered();
    }
    return { note: `${times} times` };
  },
};

/** PostgreSQL is away for a while. */
export const postgresAway: Fault<PostgresStage> = {
  name: 'postgres-away',
  inflict: async ({ postgres, crew }, { form }) => {
    postgres.stop('immediate');
    await wait(away(form));
    await postgres.start();
    await crew.recovered();
    return { note: `${away(form) / 1000} s` };
  },
};

/** PostgreSQL is there and does not answer for a while; what it had begun it ends later, unasked. */
export const postgresFrozen: Fault<PostgresStage> = {
  name: 'postgres-frozen',
  inflict: async ({ postgres, crew }, { form }) => {
    postgres.signal('SIGSTOP');
    await wait(away(form));
    postgres.signal('SIGCONT');
    await crew.recovered();
    return { note: `${away(form) / 1000} s` };
  },
};
