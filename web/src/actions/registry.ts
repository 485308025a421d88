import type { Action } from './define-action';
import { matchShortcut, type Stroke, strokeName } from './shortcuts';

const SEQUENCE_MS = 1200;

/** What can be done on the screen as it stands; later registrations win over earlier ones, the page's over global ones. */
export class ActionRegistry {
  private readonly groups = new Map<symbol, readonly Action[]>();
  private readonly listeners = new Set<() => void>();
  private snapshot: readonly Action[] = [];
  private typed: string[] = [];
  private typedAt = 0;

  /** Puts a group of actions in the place of the group's earlier ones. */
  set(owner: symbol, actions: readonly Action[]): void {
    this.groups.set(owner, actions);
    this.changed();
  }

  remove(owner: symbol): void {
    this.groups.delete(owner);
    this.changed();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  /** Every action once, the one registered last in the place of those with the same id. */
  readonly all = (): readonly Action[] => this.snapshot;

  /** Runs the action whose shortcut the stroke finishes. Says whether the stroke was used. */
  press(stroke: Stroke, now: number): boolean {
    if (now - this.typedAt > SEQUENCE_MS) this.typed = [];
    this.typedAt = now;
    const strokes = [...this.typed, strokeName(stroke)];
    const found = this.find(strokes) ?? (strokes.length > 1 ? this.find(strokes.slice(-1)) : null);
    if (found === null) {
      this.typed = [];
      return false;
    }
    if (found === 'partial') {
      this.typed = strokes;
      return true;
    }
    this.typed = [];
    if (!found.refusal) found.run();
    return true;
  }

  private find(strokes: readonly string[]): Action | 'partial' | null {
    let partial: 'partial' | null = null;
    for (const action of this.snapshot.toReversed()) {
      const matches = [action.shortcut, action.alias].map((keys) => (keys ? matchShortcut(keys, strokes) : 'none'));
      if (matches.includes('full')) return action;
      if (matches.includes('partial')) partial = 'partial';
    }
    return partial;
  }

  private changed(): void {
    const byId = new Map<string, Action>();
    for (const action of [...this.groups.values()].flat()) {
      byId.delete(action.id);
      byId.set(action.id, action);
    }
    const all = [...byId.values()];
    this.snapshot = [...all.filter((action) => action.isGlobal), ...all.filter((action) => !action.isGlobal)];
    for (const listener of this.listeners) listener();
  }
}

/** Whether keys typed into `target` are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName)) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
}
