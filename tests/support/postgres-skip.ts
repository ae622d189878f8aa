import { beforeEach, inject } from 'vitest';

// Where there is no PostgreSQL the set-up has said so; on a machine made for tests it has failed.
beforeEach(({ skip }) => {
  skip(inject('postgres') === 'away');
});
