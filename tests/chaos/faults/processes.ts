import { existsSync, readdirSync, readFileSync } from 'node:fs';

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
}

/** Every process of this machine; none where it can't be told (elsewhere than on Linux). */
function processes(): readonly Running[] {
  if (!existsSync('/proc/self/stat')) return [];
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
        const [, name = '', rest = ''] = /\((.*)\) (.*)/s.exec(stat) ?? [];
        return [{ pid: Number(entry), parent: Number(rest.split(' ')[1]), name }];
      } catch {
        // Ended meanwhile.
        return [];
      }
    });
}

/** @returns the processes that a process has started, and those that they have. */
export function descendants(pid: number): readonly Running[] {
  const all = processes();
  const found: Running[] = [];
  for (let layer = [pid]; layer.length > 0; ) {
    const children = all.filter(({ parent }) => layer.includes(parent));
    found.push(...children);
    layer = children.map((child) => child.pid);
  }
  return found;
}
