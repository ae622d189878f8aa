import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  mergeThemeOverrides,
} from '@mantine/core';

/** Deep red, #A61E2A in the eighth place; the ends are chosen so that text on them keeps its contrast in light and dark. */
const son: MantineColorsTuple = [
  '#fdf1f1',
  '#f9dedf',
  '#f0b9bd',
  '#e68f95',
  '#e0757d',
  '#cb4751',
  '#b5303b',
  '#a61e2a',
  '#8a1722',
  '#6b1019',
];

/** Everything that is touched is at least this high. */
const touch = '3rem';

const theme = createTheme({
  fontFamily: '"Be Vietnam Pro", system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  headings: {
    fontFamily: '"Be Vietnam Pro", system-ui, sans-serif',
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.3' },
      h2: { fontSize: '1.375rem', lineHeight: '1.35' },
      h3: { fontSize: '1.125rem', lineHeight: '1.4' },
    },
  },
  // 16 px is the smallest text, 18 px what members read.
  fontSizes: { xs: '1rem', sm: '1rem', md: '1.125rem', lg: '1.25rem', xl: '1.5rem' },
  lineHeights: { xs: '1.45', sm: '1.5', md: '1.5', lg: '1.5', xl: '1.4' },
  colors: { son },
  primaryColor: 'son',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  // Plain tables, not the parts' own `extend`: so the first page loads only the parts that it shows.
  components: {
    Button: {
      vars: (_theme: unknown, props: { readonly size?: unknown }) => ({
        root:
          props.size === undefined || props.size === 'sm' || props.size === 'md'
            ? { '--button-height': touch }
            : {},
      }),
      styles: { label: { whiteSpace: 'normal', lineHeight: 1.25 } },
    },
    ActionIcon: { defaultProps: { size: touch, variant: 'subtle', color: 'gray' } },
    Input: {
      vars: () => ({ wrapper: { '--input-height': touch, '--input-fz': '1.0625rem' } }),
    },
    InputWrapper: {
      styles: {
        label: { fontSize: '1.0625rem' },
        description: { fontSize: '1rem' },
        error: { fontSize: '1rem' },
      },
    },
    Modal: { styles: { title: { fontWeight: 600, fontSize: '1.25rem' } } },
    Anchor: { defaultProps: { underline: 'always' } },
    Alert: {
      styles: {
        title: { color: 'var(--mantine-color-text)' },
        message: { color: 'var(--mantine-color-text)' },
      },
    },
    Radio: { styles: { description: { fontSize: '1rem' } } },
    Checkbox: { styles: { description: { fontSize: '1rem' } } },
    NavLink: { styles: { root: { minHeight: touch } } },
    Tabs: { styles: { tab: { minHeight: touch, fontSize: '1rem' } } },
    Badge: {
      styles: { root: { textTransform: 'none', fontSize: '0.9375rem', fontWeight: 500 } },
    },
  },
});

/** The theme, with the words that Mantine's own parts say. */
export function themeWith(words: { readonly close: string }) {
  const named = { 'aria-label': words.close };
  return mergeThemeOverrides(theme, {
    components: { CloseButton: { defaultProps: { variant: 'subtle', ...named } } },
  });
}

/** Mantine's greys for lesser text are too faint for WCAG AA on its own backgrounds. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fbfaf9',
    '--mantine-color-text': '#1c1b1a',
    '--mantine-color-dimmed': '#57534e',
    '--mantine-color-placeholder': '#6b6660',
    '--mantine-color-error': '#a61e2a',
    '--dc-surface': '#ffffff',
    '--dc-border': '#ddd8d3',
  },
  dark: {
    '--mantine-color-body': '#171615',
    '--mantine-color-text': '#ece9e6',
    '--mantine-color-dimmed': '#b3aca5',
    '--mantine-color-placeholder': '#a39c95',
    '--mantine-color-error': '#f19aa0',
    '--mantine-color-anchor': '#f0a3a9',
    '--dc-surface': '#211f1e',
    '--dc-border': '#3d3936',
  },
});
