package ser.features.audio;

/**
 * What a recording's header says.
 *
 * @param container {@code wav}, {@code flac}, …
 * @param codec {@code pcm_s16le}, {@code pcm_mulaw}, {@code flac}, …: the names that ffmpeg uses
 * @param sampleRateHz samples per second and channel
 * @param channels at least 1
 */
public record AudioFormat(String container, String codec, int sampleRateHz, int channels) {}
