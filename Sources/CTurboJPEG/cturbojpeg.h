// The part of libjpeg-turbo that reads whole images from memory: its TurboJPEG interface.
#include <turbojpeg.h>
