import pg from 'pg';

/** Any number that nobody else takes in this database. */
const key = 7_310_202;
/** How often the holder looks whether its connection still stands, in milliseconds. */
const lookEvery = 1_000;

/** Another server works on the database. */
export class DatabaseInUse extends Error {
  constructor() {
    super(
      'Một máy chủ khác đang dùng cơ sở dữ liệu của DATABASE_URL. Đề nghị dừng máy chủ đó trước.\n' +
        'Another server is using the database of DATABASE_URL. Stop it first.',
    );
    this.name = 'DatabaseInUse';
  }
}

/** The database does not answer, or does not let this server in. */
export class DatabaseAway extends Error {
  constructor(cause: unknown) {
    const detail = cause instanceof Error ? cause.message || cause.name : String(cause);
    super(
      `Không kết nối được cơ sở dữ liệu của DATABASE_URL. Đề nghị kiểm tra địa chỉ, tài khoản và máy chủ PostgreSQL.\n` +
        `The database of DATABASE_URL cannot be reached. Check its address, its account and the PostgreSQL server.\n(${detail})`,
    );
    this.name = 'DatabaseAway';
  }
}

/** `alone`: no other server may use the database. `shared`: others of the same cluster may. */
export type Company = 'alone' | 'shared';

/**
 * Keeps every other server out of the database for as long as one connection stands: two would take each other's
 * meetings away. Servers of a cluster keep out one that believes to be alone. The lock of a killed server goes with its
 * connection.
 * @param onLost called when the connection broke and another server has the lock by now; this one must stop at once.
 * @returns a function that gives the database free.
 * @throws DatabaseInUse while a living server holds it, DatabaseAway when it can't be reached.
 */
export async function lockDatabase(
  url: string,
  onLost: (cause: Error) => void,
  company: Company = 'alone',
): Promise<() => Promise<void>> {
  let client = await take(url, company);
  let released = false;
  const watch = setInterval(() => {
    void look();
  }, lookEvery);

  let looking = false;
  async function look(): Promise<void> {
    if (looking || released) return;
    looking = true;
    try {
      await client.query('SELECT 1');
    } catch {
      await retake();
    } finally {
      looking = false;
    }
  }

  /** A database that is away keeps nobody else's appends either: this server waits for it, and looks who has the lock then. */
  async function retake(): Promise<void> {
    await client.end().catch(() => undefined);
    try {
      client = await take(url, company);
      if (released) await client.end();
    } catch (error) {
      if (error instanceof DatabaseInUse && !released) onLost(error);
    }
  }

  return async () => {
    released = true;
    clearInterval(watch);
    await client.end().catch(() => undefined);
  };
}

const statements: Readonly<Record<Company, string>> = {
  alone: 'SELECT pg_try_advisory_lock($1) AS taken',
  shared: 'SELECT pg_try_advisory_lock_shared($1) AS taken',
};

async function take(url: string, company: Company): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 3_000,
    query_timeout: 3_000,
    keepAlive: true,
    application_name: 'diemcau lock',
  });
  // A broken line is seen at the next look.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ taken: boolean }>(statements[company], [key]);
    if (rows[0]?.taken) return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw new DatabaseAway(error);
  }
  await client.end();
  throw new DatabaseInUse();
}
