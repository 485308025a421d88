/** The parts of a keyboard event that shortcuts depend on. */
export interface Stroke {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** One stroke in the notation of shortcuts: `a`, `?`, `shift+x`, `mod+k`, `escape`. */
export function strokeName(stroke: Stroke): string {
  const key = stroke.key.toLowerCase();
  const isLetter = /^[a-z]$/.test(key);
  const parts: string[] = [];
  if (stroke.ctrlKey || stroke.metaKey) parts.push('mod');
  if (stroke.altKey) parts.push('alt');
  if (stroke.shiftKey && (isLetter || stroke.key.length > 1)) parts.push('shift');
  parts.push(key === ' ' ? 'space' : key);
  return parts.join('+');
}

export type Match = 'none' | 'partial' | 'full';

/** How the strokes typed so far relate to a shortcut. */
export function matchShortcut(shortcut: string, typed: readonly string[]): Match {
  const wanted = shortcut.split(' ');
  if (typed.length > wanted.length) return 'none';
  if (!typed.every((stroke, index) => wanted[index] === stroke)) return 'none';
  return typed.length === wanted.length ? 'full' : 'partial';
}

/** Words for the keys of a shortcut, as shown on `<kbd>`. */
export function shortcutKeys(shortcut: string, isMac = false): string[][] {
  const names: Record<string, string> = {
    mod: isMac ? '⌘' : 'Ctrl',
    alt: isMac ? '⌥' : 'Alt',
    shift: 'Shift',
    enter: 'Enter',
    escape: 'Esc',
    space: 'Space',
    arrowdown: '↓',
    arrowup: '↑',
    arrowleft: '←',
    arrowright: '→',
  };
  return shortcut.split(' ').map((stroke) => stroke.split('+').map((key) => names[key] ?? key.toUpperCase()));
}
