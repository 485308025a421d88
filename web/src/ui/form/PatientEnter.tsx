import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';

interface PatientEnterProps {
  /** The choices that are shown answer other words than those that are typed. */
  isSearching: boolean;
  /**
   * The focus went on after an Enter that still waits: the field has forgotten the words, and whoever placed it
   * takes the choice when it is there. `isStill` tells then whether nobody has come back to the field meanwhile.
   */
  onLeave?: (isStill: () => boolean) => void;
  children: ReactNode;
}

/**
 * Around a field whose choices the server searches: Enter pressed before they are there waits for them, as the
 * first one of those that are still shown is not what was meant. One to which the arrows went is taken at once.
 */
export function PatientEnter({ isSearching, onLeave, children }: PatientEnterProps) {
  const waiting = useRef<EventTarget | null>(null);
  const isPicked = useRef(false);
  const visits = useRef(0);
  useEffect(() => {
    if (isSearching) return;
    const field = waiting.current;
    waiting.current = null;
    field?.dispatchEvent(new window.KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true }));
  }, [isSearching]);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Tab' || event.key === 'Shift') return;
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
      onFocusCapture={() => {
        visits.current += 1;
      }}
      onBlurCapture={({ target }) => {
        if (waiting.current !== target) return;
        waiting.current = null;
        const visit = visits.current;
        onLeave?.(() => visits.current === visit);
      }}
    >
      {children}
    </div>
  );
}
