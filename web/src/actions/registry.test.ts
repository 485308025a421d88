import { describe, expect, it, vi } from 'vitest';
import type { Action } from './define-action';
import { ActionRegistry } from './registry';

const key = (name: string) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false });
const action = (id: string, shortcut: string, more: Partial<Action> = {}): Action => ({
  id,
  label: id,
  section: 'Test',
  shortcut,
  run: vi.fn(),
  ...more,
});

describe('ActionRegistry', () => {
  it('runs the action that was registered last for a key', () => {
    const registry = new ActionRegistry();
    const page = action('page', 'a');
    const pane = action('pane', 'a');
    registry.set(Symbol('page'), [page]);
    registry.set(Symbol('pane'), [pane]);
    expect(registry.press(key('a'), 0)).toBe(true);
    expect(pane.run).toHaveBeenCalledOnce();
    expect(page.run).not.toHaveBeenCalled();
  });

  it('waits for the second key of a sequence, but not for ever', () => {
    const registry = new ActionRegistry();
    const go = action('go', 'g t');
    registry.set(Symbol('page'), [go]);
    registry.press(key('g'), 0);
    registry.press(key('t'), 5000);
    expect(go.run).not.toHaveBeenCalled();
    registry.press(key('g'), 6000);
    registry.press(key('t'), 6100);
    expect(go.run).toHaveBeenCalledOnce();
  });

  it('does not run what is refused', () => {
    const registry = new ActionRegistry();
    const refused = action('close', 'c', { refusal: 'it is not resolved' });
    registry.set(Symbol('page'), [refused]);
    expect(registry.press(key('c'), 0)).toBe(true);
    expect(refused.run).not.toHaveBeenCalled();
  });

  it('forgets the actions of a page that is left', () => {
    const registry = new ActionRegistry();
    const owner = Symbol('page');
    registry.set(owner, [action('a', 'a')]);
    registry.remove(owner);
    expect(registry.all()).toEqual([]);
    expect(registry.press(key('a'), 0)).toBe(false);
  });
});
