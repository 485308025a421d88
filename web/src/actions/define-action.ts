import type { LucideIcon } from '@/ui/icons';

/**
 * Something that can be done here and now. One definition feeds the button, the
 * menu, the command palette, the shortcut and the help page.
 */
export interface Action {
  /** Unique while registered, such as `ticket.assign-me`. */
  readonly id: string;
  /** What it does, translated. */
  readonly label: string;
  /** Heading in palette and help, translated. */
  readonly section: string;
  readonly icon?: LucideIcon;
  /** `a`, `shift+x`, `mod+k` or a sequence such as `g t`. */
  readonly shortcut?: string;
  /** A second shortcut for the same, for those who come from another tool. */
  readonly alias?: string;
  /** More words to find it by. */
  readonly keywords?: string;
  /** Why it is refused now; a refused action is shown but does nothing. */
  readonly refusal?: string | null;
  /** Left out of the palette: cursor keys and the like. */
  readonly isHidden?: boolean;
  /** Works on every page; what the page itself offers comes first. */
  readonly isGlobal?: boolean;
  readonly run: () => void;
}
