import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useState } from 'react';
import type { Place } from '../board';

/** Lets cards be dropped on an element; tells whether one is over it. */
export function useDropPlace(element: RefObject<HTMLElement | null>, place: Place): boolean {
  const [isOver, setIsOver] = useState(false);
  const { value, name } = place;
  useEffect(() => {
    if (!element.current) return;
    return dropTargetForElements({
      element: element.current,
      getData: () => ({ place: { value, name } }),
      onDragEnter: () => setIsOver(true),
      onDragLeave: () => setIsOver(false),
      onDrop: () => setIsOver(false),
    });
  }, [element, value, name]);
  return isOver;
}
