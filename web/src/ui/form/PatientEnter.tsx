import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';

interface PatientEnterProps {
  /** The choices that are shown answer other words than those that are typed. */
  isSearching: boolean;
  children: ReactNode;
}

/**
 * Around a field whose choices the server searches: Enter pressed before they are there waits for them, as the
 * first one of those that are still shown is not what was meant. One to which the arrows went is taken at once.
 */
export function PatientEnter({ isSearching, children }: PatientEnterProps) {
  const waiting = useRef<EventTarget | null>(null);
  const isPicked = useRef(false);
  useEffect(() => {
    if (isSearching) return;
    const field = waiting.current;
    waiting.current = null;
    field?.dispatchEvent(new window.KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true }));
  }, [isSearching]);
  const onKey = (event: KeyboardEvent) => {
    waiting.current = null;
    if (event.key.startsWith('Arrow')) isPicked.current = true;
    else if (event.key !== 'Enter') isPicked.current = false;
    else if (isSearching && !isPicked.current && !event.nativeEvent.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      waiting.current = event.target;
    }
  };
  return (
    <div
      role="presentation"
      data-searching={isSearching || undefined}
      style={{ display: 'contents' }}
      onKeyDownCapture={onKey}
    >
      {children}
    </div>
  );
}
