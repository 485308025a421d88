import {
  Badge,
  type CSSVariablesResolver,
  createTheme,
  DEFAULT_THEME,
  type DefaultMantineColor,
  type MantineColorsTuple,
  rgba,
} from '@mantine/core';

/** The accent: one calm blue-green. Shade 7 carries white text in light, shade 8 in dark. */
const harbour: MantineColorsTuple = [
  '#eaf5f9',
  '#d5e7ef',
  '#abd0e0',
  '#7eb7d0',
  '#58a2c2',
  '#3f92b5',
  '#2d80a3',
  '#1f6d8f',
  '#1a5f7e',
  '#124a63',
];

/** Every control is small by default: the console is dense. The portal asks for larger ones. */
const small = { defaultProps: { size: 'xs' } };

/** `close` names the closing button of every dialog and message, `reveal` the eye of a password, for screen readers. */
export const createAppTheme = (close: string, reveal: string) =>
  createTheme({
    primaryColor: 'harbour',
    colors: { harbour },
    primaryShade: { light: 7, dark: 8 },
    autoContrast: true,
    fontFamily: "'Inter Variable', system-ui, sans-serif",
    fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
    headings: { fontWeight: '650' },
    defaultRadius: 'sm',
    cursorType: 'pointer',
    respectReducedMotion: true,
    components: {
      ActionIcon: { defaultProps: { size: 'md', variant: 'subtle', color: 'gray' } },
      Autocomplete: small,
      Badge: Badge.extend({ defaultProps: { tt: 'none', radius: 'sm', variant: 'light', size: 'md', fw: 550 } }),
      Button: small,
      Checkbox: small,
      Loader: { defaultProps: { type: 'dots' } },
      // Without it a menu holds a focusable element that is no item.
      Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
      Modal: {
        defaultProps: {
          closeButtonProps: { 'aria-label': close },
          // Inside a dialog a <header> would count as a second banner of the page.
          attributes: { header: { role: 'presentation' } },
        },
        styles: { title: { fontWeight: 650 } },
      },
      MultiSelect: small,
      NativeSelect: small,
      NumberInput: small,
      Notification: { defaultProps: { closeButtonProps: { 'aria-label': close } } },
      PasswordInput: { defaultProps: { ...small.defaultProps, visibilityToggleButtonProps: { 'aria-label': reveal } } },
      SegmentedControl: small,
      Select: small,
      TagsInput: small,
      Textarea: small,
      TextInput: small,
      Tooltip: { defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } } },
    },
  });

/** How much of a colour's darkest shade is left in text on its lightest one; yellow needs more black. */
const TEXT_SHADE = 0.82;
const YELLOW_TEXT_SHADE = 0.74;

function darken(hex: string, part: number): string {
  const value = Number.parseInt(hex.slice(1), 16);
  const channel = (shift: number) => Math.round(((value >> shift) & 255) * part);
  return `rgb(${channel(16)}, ${channel(8)}, ${channel(0)})`;
}

/** Mantine's stock colours miss WCAG AA in small grey text and in light tags; these pass. */
export const cssVariablesResolver: CSSVariablesResolver = (current) => {
  const light: Record<`--${string}`, string> = {
    '--mantine-color-dimmed': current.colors.gray[7],
    '--mantine-color-placeholder': current.colors.gray[7],
    '--mantine-color-error': current.colors.red[9],
    '--steward-surface': '#ffffff',
    '--steward-canvas': '#f7f8fa',
    '--steward-line': current.colors.gray[3],
    '--steward-hover': current.colors.gray[1],
    '--steward-cursor': current.colors.harbour?.[0] ?? current.colors.gray[1],
    '--steward-internal': '#fff8e1',
    '--steward-internal-line': '#d9a514',
    '--steward-match': '#ffec99',
    '--steward-mark': current.colors.harbour?.[7] ?? current.colors.blue[7],
  };
  const dark: Record<`--${string}`, string> = {
    '--mantine-color-dimmed': '#b8b8b8',
    '--mantine-color-placeholder': '#b8b8b8',
    '--mantine-color-error': current.colors.red[4],
    '--steward-surface': '#1f2124',
    '--steward-canvas': '#17191b',
    '--steward-line': '#36393d',
    '--steward-hover': '#282b2f',
    '--steward-cursor': '#20343d',
    '--steward-internal': '#2e2817',
    '--steward-internal-line': '#b98a13',
    '--steward-match': '#6b4f00',
    '--steward-mark': current.colors.harbour?.[4] ?? current.colors.blue[4],
    '--mantine-color-body': '#1b1d1f',
    '--mantine-color-anchor': current.colors.harbour?.[3] ?? current.colors.blue[4],
  };
  const names: DefaultMantineColor[] = [
    ...Object.keys(DEFAULT_THEME.colors).filter((name) => name !== 'dark'),
    'harbour',
  ];
  for (const name of names) {
    const shades = current.colors[name];
    if (!shades) continue;
    light[`--mantine-color-${name}-light-color`] = darken(
      shades[9],
      name === 'yellow' ? YELLOW_TEXT_SHADE : TEXT_SHADE,
    );
    light[`--mantine-color-${name}-light`] = shades[0];
    dark[`--mantine-color-${name}-light-color`] = shades[2];
    dark[`--mantine-color-${name}-light`] = rgba(shades[8], 0.26);
  }
  return { variables: {}, light, dark };
};
