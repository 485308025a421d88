export { MuteButton } from './components/MuteButton';
export { useMute } from './hooks/use-mute';
