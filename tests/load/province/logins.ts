import { request } from 'node:http';
import { hashPassword } from '../../../server/src/auth/passwords.ts';
import { openDirectoryDatabase } from '../../../server/src/directory/sqlite.ts';
import { memberPassword } from '../../support/members.ts';
import { startEvening } from '../evening/node.ts';
import { meetingsOf } from '../evening/plan.ts';
import { percentile } from '../report.ts';

const size = { meetings: 13, members: 200, superiors: 0 } as const;

/** Everybody signs in with their password in the same moment, each from an address of their own. */
export async function measureLogins(): Promise<{ readonly perSecond: number; readonly p99: number }> {
  const node = await startEvening(size, 'embedded');
  try {
    const people = meetingsOf(size).flatMap(({ members }) => members);
    const db = await openDirectoryDatabase(node.folder);
    const passwordHash = await hashPassword(memberPassword);
    const createdAt = Date.now();
    await db
      .insertInto('accounts')
      .values(
        people.map(({ person }, index) => ({
          personId: person,
          login: `dv${index}`,
          passwordHash,
          createdAt,
        })),
      )
      .execute();
    await db.destroy();
    const began = performance.now();
    const times = await Promise.all(
      people.map(async (_, index) => {
        const status = await signIn(
          node.url,
          `dv${index}`,
          `127.1.${Math.floor(index / 250)}.${1 + (index % 250)}`,
        );
        if (status !== 200) throw new Error(`a sign-in was answered ${status}`);
        return performance.now() - began;
      }),
    );
    return { perSecond: (people.length * 1_000) / (performance.now() - began), p99: percentile(times, 99) };
  } finally {
    await node.stop();
  }
}

function signIn(url: string, name: string, localAddress: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/api/login`, {
      method: 'POST',
      localAddress,
      agent: false,
      headers: { 'content-type': 'application/json' },
    });
    asked.on('error', reject);
    asked.on('response', (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    asked.end(JSON.stringify({ name, password: memberPassword }));
  });
}
