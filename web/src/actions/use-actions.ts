import { use, useEffect, useState, useSyncExternalStore } from 'react';
import { ActionsContext } from './actions-context';
import type { Action } from './define-action';

/** Makes actions available while the component stands on the screen. */
export function useActions(actions: readonly Action[]): void {
  const registry = use(ActionsContext);
  const [owner] = useState(() => Symbol('actions'));
  useEffect(() => {
    registry.set(owner, actions);
  }, [registry, owner, actions]);
  useEffect(() => () => registry.remove(owner), [registry, owner]);
}

/** Every action that is available now. */
export function useAllActions(): readonly Action[] {
  const registry = use(ActionsContext);
  return useSyncExternalStore(registry.subscribe, registry.all);
}
