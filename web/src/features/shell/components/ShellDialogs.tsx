import { useSpotlight } from '@mantine/spotlight';
import { Suspense, useEffect, useState } from 'react';
import { onSessionLost } from '@/api';
import { lazyComponent, whenIdle } from '@/ui/lazy/lazy-component';
import { paletteStore } from '@/ui/palette/open-palette';
import { onOpenHelp } from './open-help';

const loadPalette = () => import('./CommandPalette').then((module) => module.CommandPalette);
const loadHelp = () => import('./HelpDialog').then((module) => module.HelpDialog);
const loadSession = () => import('@/features/session/public-dialog').then((module) => module.SessionDialog);

const CommandPalette = lazyComponent(loadPalette);
const HelpDialog = lazyComponent(loadHelp);
const SessionDialog = lazyComponent(loadSession);

/** What any page may open over itself. Its code is fetched when the browser is idle, or when it is wanted. */
export function ShellDialogs() {
  const isPaletteOpen = useSpotlight(paletteStore).opened;
  const [hasPalette, setHasPalette] = useState(false);
  const [hasHelp, setHasHelp] = useState(false);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const [isLost, setIsLost] = useState(false);

  useEffect(() => {
    if (isPaletteOpen) setHasPalette(true);
  }, [isPaletteOpen]);
  useEffect(
    () =>
      onOpenHelp(() => {
        setHasHelp(true);
        setIsHelpOpen(true);
      }),
    [],
  );
  useEffect(() => onSessionLost(() => setIsLost(true)), []);
  useEffect(() => whenIdle(() => Promise.all([loadPalette(), loadHelp(), loadSession()])), []);

  return (
    <Suspense fallback={null}>
      {hasPalette && <CommandPalette />}
      {hasHelp && <HelpDialog isOpen={isHelpOpen} onClose={() => setIsHelpOpen(false)} />}
      {isLost && <SessionDialog onSignedIn={() => setIsLost(false)} />}
    </Suspense>
  );
}
