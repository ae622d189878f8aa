import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../scripts/start-flags.ts';

describe('flags of npm start', () => {
  it('become variables of the configuration', () => {
    expect(environmentOf(['--lan', '--port', '4000'])).toEqual({
      help: false,
      variables: { LAN: '1', PORT: '4000' },
    });
    expect(environmentOf(['--port=4001'])).toEqual({ help: false, variables: { PORT: '4001' } });
  });

  it.each([[['--port']], [['--port', 'x']], [['--land']]])('answers %j with a sentence', (args) => {
    expect(environmentOf(args)).toHaveProperty('fault');
  });
});
