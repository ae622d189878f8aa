import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Collects this process's garbage now: all of it, or only what is young. */
export const collect = runInNewContext('gc') as (options?: { readonly type: 'minor' }) => void;
