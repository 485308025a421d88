import { useSpotlight } from '@mantine/spotlight';
import { useRouter } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { onSecondFactorAsked, onSessionLost } from '@/api';
import { lazyComponent, whenIdle } from '@/ui/lazy/lazy-component';
import { paletteStore } from '@/ui/palette/open-palette';
import { useFocusKeeper } from '../hooks/use-focus-keeper';
import { onOpenHelp } from './open-help';

const loadPalette = () => import('./CommandPalette').then((module) => module.CommandPalette);
const loadHelp = () => import('./HelpDialog').then((module) => module.HelpDialog);
const loadSession = () => import('@/features/session/public-dialog').then((module) => module.SessionDialog);

const CommandPalette = lazyComponent(loadPalette);
const HelpDialog = lazyComponent(loadHelp);
const SessionDialog = lazyComponent(loadSession);

/** What any page may open over itself. Its code is fetched when the browser is idle, or when it is wanted. */
export function ShellDialogs() {
  const router = useRouter();
  const isPaletteOpen = useSpotlight(paletteStore).opened;
  const [hasPalette, setHasPalette] = useState(false);
  const [hasHelp, setHasHelp] = useState(false);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const [isLost, setIsLost] = useState(false);
  useFocusKeeper();

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
  useEffect(
    () =>
      onSecondFactorAsked(() => {
        if (router.state.location.pathname === '/second-factor') return;
        void router.navigate({ to: '/second-factor', search: { next: router.state.location.href } });
      }),
    [router],
  );
  useEffect(() => whenIdle(() => Promise.all([loadPalette(), loadHelp(), loadSession()])), []);

  return (
    <Suspense fallback={null}>
      {hasPalette && <CommandPalette />}
      {hasHelp && <HelpDialog isOpen={isHelpOpen} onClose={() => setIsHelpOpen(false)} />}
      {isLost && <SessionDialog onSignedIn={() => setIsLost(false)} />}
    </Suspense>
  );
}
