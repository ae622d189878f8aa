import { refusalMessage, refusalText } from '@diemcau/shared/protocol/refusal-text.ts';
import { refusalCodes } from '@diemcau/shared/result.ts';
import { describe, expect, test } from 'vitest';

const languages = ['vi', 'en'] as const;

describe('refusal sentences', () => {
  test.each(refusalCodes)('%s has a sentence in Vietnamese and in English', (code) => {
    for (const language of languages) {
      const sentence = refusalMessage({ code }, language);
      expect(sentence).toMatch(/^[A-ZĐÀ-Ỹ].{15,}\.$/);
      expect(sentence).not.toMatch(/[[\]{}]| {2}| [.,]/);
    }
    expect(refusalText[code].vi).not.toBe(refusalText[code].en);
  });

  test.each(refusalCodes)('%s has the same gaps in both languages, each one optional', (code) => {
    const gaps = (sentence: string) =>
      [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
    expect(gaps(refusalText[code].vi)).toEqual(gaps(refusalText[code].en));
    expect(refusalText[code].vi.replace(/\[[^\]]*\]/g, '')).not.toContain('{{');
    expect(refusalText[code].en.replace(/\[[^\]]*\]/g, '')).not.toContain('{{');
  });

  test('gaps are filled, and a bracketed stretch goes when its gap is empty', () => {
    const params = { site: 'Nhà văn hóa thôn', sum: 17 };
    expect(refusalMessage({ code: 'countsDontAddUp', params }, 'vi')).toBe(
      'Số liệu tại Nhà văn hóa thôn chưa khớp: tổng 17 phải bằng số người biểu quyết. Đề nghị người kiểm đếm kiểm tra và nhập lại.',
    );
  });

  test('a value is entered as it stands, even where it looks like a gap', () => {
    expect(refusalMessage({ code: 'siteRollCallMissing', params: { site: '$& {{name}}' } }, 'en')).toContain(
      '$& {{name}}',
    );
  });
});
