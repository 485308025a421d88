export { adoptPreferences } from './adopt-preferences';
export { CardPage } from './components/CardPage';
export { useAdoptColourScheme, useColourScheme } from './hooks/use-colour-scheme';
export { useMe } from './hooks/use-me';
export { useOtherTabs } from './hooks/use-other-tabs';
export { usePreferences } from './hooks/use-preferences';
export { useRights } from './hooks/use-rights';
export { useSignOut } from './hooks/use-sign-out';
export { homeOf, MIN_PASSWORD, type Room, roomsOf } from './model';
