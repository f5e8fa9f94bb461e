package ser.features.audio;

/** Turns the packets of one stream, in order, into samples. */
interface PacketCodec {
  /** What {@link #decode} returns for a packet that cannot be decoded. */
  int UNDECODABLE = -1;

  /**
   * Decodes the next packet.
   *
   * @param block receives the samples from its start
   * @return sample frames, 0 or more; {@link #UNDECODABLE} if the packet is damaged
   */
  int decode(byte[] packet, DecodedBlock block);
}
