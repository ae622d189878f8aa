import { stylesThere } from './styles.ts';

/** A part of the page's code, once its colours are there too. @throws when either doesn't come. */
export async function whole<T>(part: Promise<T>): Promise<T> {
  const came = await part;
  await stylesThere();
  return came;
}
