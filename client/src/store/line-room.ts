/** On a line slower than this, in Mbit/s as the browser estimates it, nothing is fetched before it is needed. */
const narrow = 1;

/** @returns whether the line has room for what may be needed later. */
export function hasRoom(): boolean {
  const information: unknown = Reflect.get(navigator, 'connection');
  if (typeof information !== 'object' || information === null) return true;
  const downlink: unknown = Reflect.get(information, 'downlink');
  return (
    Reflect.get(information, 'saveData') !== true && !(typeof downlink === 'number' && downlink < narrow)
  );
}
